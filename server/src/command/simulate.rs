use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Instant;

use clap::Args;
use domain::checkout::saga::simulation::{Failure, MAX_SEEDS, simulate};

const DEFAULT_SEEDS: u64 = 20_000;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// How many seeds
    #[arg(long, default_value_t = DEFAULT_SEEDS, value_parser = clap::value_parser!(u64).range(1..=MAX_SEEDS))]
    seeds: u64,
    /// The same seed gives the same run
    #[arg(long, default_value_t = 0)]
    first_seed: u64,
}

/// Runs the seeds on all cores and reports the first one that fails.
pub(super) fn run(arguments: &Arguments) -> ExitCode {
    let started = Instant::now();
    let failures = failures(arguments);
    if let Some(first) = failures.iter().min_by_key(|failure| failure.seed) {
        print!("{first}");
        return ExitCode::FAILURE;
    }
    println!("{} seeds, 0 failures, {} ms", arguments.seeds, started.elapsed().as_millis());
    ExitCode::SUCCESS
}

/// Every core takes the next seed until one has failed; smaller seeds are taken before.
fn failures(arguments: &Arguments) -> Vec<Failure> {
    let next = AtomicU64::new(0);
    let failures = Mutex::new(Vec::new());
    let cores = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..cores {
            scope.spawn(|| {
                loop {
                    let taken = next.fetch_add(1, Ordering::Relaxed);
                    if taken >= arguments.seeds {
                        return;
                    }
                    if let Err(failure) = simulate(arguments.first_seed.wrapping_add(taken), None) {
                        next.store(arguments.seeds, Ordering::Relaxed);
                        failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(*failure);
                    }
                }
            });
        }
    });
    failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner)
}
