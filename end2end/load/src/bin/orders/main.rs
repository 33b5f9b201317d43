//! How many orders a second the store takes: shoppers who stand before their review press "Place
//! order", and are answered once the order is confirmed.
//!
//! `cartograph rehearse --orders 66000 --list shoppers.tsv` writes carts, drafts and a list; then, with
//! the store open, `orders --list shoppers.tsv --rate 1100 --seconds 60`. A shopper's wait counts from
//! the moment at which the button was to be pressed: a store that falls behind does not hide it. With
//! `--rate 0` everybody presses as soon as a connection is free.

mod button;
mod waits;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use clap::Parser;
use load::Connection;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep_until};

use button::Button;
use waits::Waits;

#[derive(Debug, Parser)]
struct Arguments {
    /// Where the store listens
    #[arg(long, default_value = "127.0.0.1:3000")]
    host: String,
    /// What `cartograph rehearse` left
    #[arg(long, value_name = "FILE")]
    list: PathBuf,
    /// Orders a second; 0 for as many as there can be
    #[arg(long, default_value_t = 0)]
    rate: u32,
    /// How long
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Connections, each with one shopper at a time
    #[arg(long, default_value_t = 256)]
    connections: usize,
}

/// What all connections share.
struct Rush {
    host: String,
    buttons: Vec<Button>,
    next: AtomicUsize,
    start: Instant,
    end: Instant,
    rate: u32,
}

impl Rush {
    /// The next shopper, and when the button is to be pressed.
    fn next(&self) -> Option<(&Button, Instant)> {
        let place = self.next.fetch_add(1, Ordering::Relaxed);
        let due = if self.rate == 0 {
            Instant::now()
        } else {
            let nanos = place as u64 * 1_000_000_000 / u64::from(self.rate);
            self.start + Duration::from_nanos(nanos)
        };
        (due < self.end).then_some(())?;
        Some((self.buttons.get(place)?, due))
    }
}

/// What one connection saw.
#[derive(Default)]
struct Seen {
    waits: Waits,
    /// Answers other than an order, by where they led.
    failures: BTreeMap<String, u64>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let Arguments { host, list, rate, seconds, connections } = Arguments::parse();
    let buttons: Vec<Button> =
        std::fs::read_to_string(&list)?.lines().filter_map(|line| Button::parse(&host, line)).collect();
    println!("{} shoppers stand before their review", buttons.len());
    let start = Instant::now();
    let rush = Arc::new(Rush {
        host,
        buttons,
        next: AtomicUsize::new(0),
        start,
        end: start + Duration::from_secs(seconds),
        rate,
    });
    let mut pressing: JoinSet<Seen> = (0..connections).map(|_| press(rush.clone())).collect();
    let mut all = Seen::default();
    while let Some(seen) = pressing.join_next().await {
        let Seen { waits, failures } = seen.map_err(std::io::Error::other)?;
        all.waits.take_in(waits);
        for (led_to, times) in failures {
            *all.failures.entry(led_to).or_default() += times;
        }
    }
    all.waits.print(start.elapsed());
    for (led_to, times) in &all.failures {
        println!("{times} failed: {led_to}");
    }
    if all.failures.is_empty() {
        println!("no failures");
    }
    Ok(())
}

/// Presses one button after the other over one connection until the time is over.
async fn press(rush: Arc<Rush>) -> Seen {
    let mut seen = Seen::default();
    let mut connection = None;
    while let Some((button, due)) = rush.next() {
        sleep_until(due).await;
        match ask(&rush.host, &mut connection, button).await {
            Ok(led_to) if led_to.starts_with("/orders/CG-") => {
                seen.waits.note(due.duration_since(rush.start), due.elapsed());
            }
            Ok(led_to) => *seen.failures.entry(led_to).or_default() += 1,
            Err(error) => {
                connection = None;
                *seen.failures.entry(error.to_string()).or_default() += 1;
            }
        }
    }
    seen
}

async fn ask(host: &str, connection: &mut Option<Connection>, button: &Button) -> std::io::Result<String> {
    let open = match connection {
        Some(open) => open,
        None => connection.insert(Connection::open(host).await?),
    };
    Ok(open.send(button.request()).await?.leads_to)
}
