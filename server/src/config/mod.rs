//! Settings: flags, then the environment, then a file, then defaults; checked once at start.
//!
//! Every setting has one name everywhere: the flag `--sql-url`, the variable `CARTOGRAPH_SQL_URL`
//! and the key `sql-url` of the file are the same setting, read by the same check. The file's
//! values become the defaults of the flags, so one place decides what is right and what is said
//! about what is wrong.

mod data;
mod file;
mod secret;
mod settings;

pub(crate) use data::{Credentials, DataSettings};
pub(crate) use file::with_file_defaults;
pub(crate) use secret::{Secret, check_length, signing_secret};
pub(crate) use settings::{FaultSettings, HttpSettings, MailSettings, PaymentSettings, StoreSettings};
