//! Insight: what people search for, what they do with the results, and nothing about who they are.
//!
//! Guards the rule that a search is counted and never kept: by the day and by its words, as long as they
//! say nothing of a person. Who counts once is told by a number of the day that is forgotten with it ([`Crowd`]).
//! A server counts in memory ([`Counting`]) and writes the counts down every few
//! seconds; what a browser found waits in the browser itself ([`Findings`]) until something is bought. What
//! is opened and bought makes products stand higher for a while ([`Interest`]). The pages of results and
//! of placed orders count by its port, the server's search writes down what they count, and only operators see reports.

mod counting;
mod crowd;
mod findings;
mod interest;
mod query;
mod report;
mod tally;

pub use counting::Counting;
pub use crowd::{Crowd, Mark};
pub use findings::{Finding, Findings, FindingsError};
pub use interest::{Interest, Interests, Level};
pub use query::{CountedQuery, Uncounted};
pub use report::{CountedSearch, InsightReport, MAX_REPORTED_QUERIES, Period};
pub use tally::{Place, Tally};

/// Days that counts are kept.
pub const KEPT_DAYS: u16 = 90;
/// Days after which a query is forgotten that was asked once on its day: a single one is somebody's.
pub const RARE_KEPT_DAYS: u16 = 7;
/// Different queries of a day; where there are more, those that were asked least are forgotten.
pub const MAX_DAILY_QUERIES: u32 = 10_000;
/// Purchases a query has to have led to before it is suggested to others.
pub const LEAST_BOUGHT: u32 = 1;
/// How many visitors have to have asked for it on one day before it is suggested to others: what fewer ask may be
/// about somebody, and one asks as often as they like.
pub const LEAST_PEOPLE: u32 = 3;
/// Queries that are suggested because they led to purchases.
pub const MAX_BOUGHT_QUERIES: u32 = 2_000;
