// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;
use domain::checkout::Email;
use domain::fault::{FaultPlan, PlanError};
use domain::pricing::Currency;

use super::Secret;

/// How the store is reached.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Web")]
pub(crate) struct HttpSettings {
    /// Address and port to listen on; port 0 takes a free one, and another one after the disk was full
    #[arg(long, env = "CARTOGRAPH_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:3000", value_parser = address)]
    pub(crate) listen: SocketAddr,
    /// The store's public address, for links in search engines and mails (default: the listening address)
    #[arg(long, env = "CARTOGRAPH_BASE_URL", value_name = "URL", value_parser = base_url)]
    pub(crate) base_url: Option<String>,
    /// Folder of the built scripts and styles
    #[arg(long, env = "CARTOGRAPH_SITE", value_name = "FOLDER", default_value = "target/site")]
    pub(crate) site: PathBuf,
    /// Signs cookies and order addresses; the same on every server of a cluster, at least 32 characters
    /// (default: made once and kept in the data folder)
    #[arg(long, env = "CARTOGRAPH_SECRET", value_name = "SECRET", hide_env_values = true, hide_default_value = true)]
    pub(crate) secret: Option<Secret>,
}

/// What the store is.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Store")]
pub(crate) struct StoreSettings {
    /// The store's name
    #[arg(long, env = "CARTOGRAPH_NAME", value_name = "NAME", default_value = "Cartograph", value_parser = name)]
    pub(crate) name: String,
    /// The store's own currency: of order histories, and wherever no price names another
    #[arg(long, env = "CARTOGRAPH_CURRENCY", value_name = "CODE", default_value = "GBP", value_parser = currency)]
    pub(crate) currency: Currency,
    /// Where shoppers write to, shown on help and order pages (default: none is shown)
    #[arg(long, env = "CARTOGRAPH_CONTACT_EMAIL", value_name = "ADDRESS", value_parser = contact_email)]
    pub(crate) contact_email: Option<Email>,
    /// A table of tax rates as CSV, with the columns country, region, prices, rounding, standard, reduced,
    /// super_reduced, delivery and reverse_charge (default: the rates of the countries that are delivered to)
    #[arg(long, env = "CARTOGRAPH_TAX_RATES", value_name = "FILE")]
    pub(crate) tax_rates: Option<PathBuf>,
}

/// Who holds the money.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Payment")]
pub(crate) struct PaymentSettings {
    /// Address of a payment gateway that speaks Stripe's API (default with a key: Stripe; without one: the
    /// embedded sandbox, whose cards are test numbers)
    #[arg(id = "gateway_url", long = "gateway-url", env = "CARTOGRAPH_GATEWAY_URL", value_name = "URL", value_parser = gateway_url)]
    pub(crate) url: Option<String>,
    /// Secret key of the payment gateway
    #[arg(
        id = "gateway_key",
        long = "gateway-key",
        env = "CARTOGRAPH_GATEWAY_KEY",
        value_name = "KEY",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) key: Option<Secret>,
    /// Secret that the payment gateway signs its webhooks with, which go to /payment/webhooks (default: none
    /// are believed)
    #[arg(
        id = "gateway_webhook_secret",
        long = "gateway-webhook-secret",
        env = "CARTOGRAPH_GATEWAY_WEBHOOK_SECRET",
        value_name = "SECRET",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) webhook_secret: Option<Secret>,
}

/// How letters leave.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Mail")]
pub(crate) struct MailSettings {
    /// Mail server that letters go to, such as smtps://user:password@mail.example:465; special characters of the
    /// password are percent-encoded (default: each letter is a file in the folder `mail` of the data folder)
    #[arg(
        id = "mail_smtp",
        long = "mail-smtp",
        env = "CARTOGRAPH_MAIL_SMTP",
        value_name = "URL",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) smtp: Option<Secret>,
}

/// What the store bears.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Faults")]
pub(crate) struct FaultSettings {
    /// What the store fails at on purpose from the moment that it is open, such as
    /// payments.timeout=0.1,graph.down,search.slow=500ms; operators switch it at /operator/faults (default: nothing)
    #[arg(id = "fault", long = "fault", env = "CARTOGRAPH_FAULT", value_name = "FAULTS", value_parser = fault_plan)]
    pub(crate) plan: Option<FaultPlan>,
}

const STRIPE: &str = "https://api.stripe.com";

impl PaymentSettings {
    /// The gateway outside of this process, with its key; `None` for the embedded sandbox.
    ///
    /// # Errors
    /// For an address without a key.
    pub(crate) fn elsewhere(&self) -> anyhow::Result<Option<(String, Secret)>> {
        match (&self.url, &self.key) {
            (url, Some(key)) => Ok(Some((url.clone().unwrap_or_else(|| STRIPE.to_owned()), key.clone()))),
            (None, None) => Ok(None),
            (Some(_), None) => anyhow::bail!("--gateway-url needs --gateway-key, the secret key of that gateway"),
        }
    }
}

fn address(raw: &str) -> Result<SocketAddr, String> {
    raw.parse().map_err(|_| "must be an address and a port, like 127.0.0.1:3000".to_owned())
}

fn base_url(raw: &str) -> Result<String, String> {
    web_address(raw, |url| url.path() == "/")
        .ok_or_else(|| "must be a web address without a path, like https://shop.example".to_owned())
}

fn gateway_url(raw: &str) -> Result<String, String> {
    web_address(raw, |_| true).ok_or_else(|| "must be a web address, like https://gateway.example/v1".to_owned())
}

/// The address without slashes at its end, if it is one that paths can be added to.
fn web_address(raw: &str, fits: fn(&url::Url) -> bool) -> Option<String> {
    let trimmed = raw.trim_end_matches('/');
    let url = url::Url::parse(trimmed).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.query().is_none() && url.fragment().is_none();
    (is_web && fits(&url)).then(|| trimmed.to_owned())
}

/// Longest name of a store.
const MAX_NAME_CHARS: usize = 60;

fn name(raw: &str) -> Result<String, String> {
    let name = raw.trim();
    let is_plain = !name.chars().any(|c| c.is_control() || matches!(c, '<' | '>' | '&' | '"'));
    if is_plain && (1..=MAX_NAME_CHARS).contains(&name.chars().count()) {
        Ok(name.to_owned())
    } else {
        Err(format!("must be 1 to {MAX_NAME_CHARS} letters without <, >, & and quotes, like Cartograph"))
    }
}

fn contact_email(raw: &str) -> Result<Email, String> {
    raw.parse().map_err(|_| "must be an e-mail address, like help@shop.example".to_owned())
}

fn fault_plan(raw: &str) -> Result<FaultPlan, PlanError> {
    raw.parse()
}

fn currency(raw: &str) -> Result<Currency, String> {
    Currency::from_code(&raw.to_ascii_uppercase()).ok_or_else(|| "must be a code of ISO 4217, like GBP".to_owned())
}
