//! What the drivers that count for themselves speak: as much HTTP/1.1 as the store's answers need.

mod answer;
mod connection;

pub use answer::Answer;
pub use connection::Connection;
