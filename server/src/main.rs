//! The command `cartograph`.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Pages are made of many small pieces, which the system's own allocator is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    server::run(std::env::args_os().collect())
}
