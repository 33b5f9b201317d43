// Texts of the command line's help: they are read in a terminal.
#![allow(rustdoc::bare_urls, clippy::doc_markdown)]

use std::net::SocketAddr;
use std::path::PathBuf;

use anyhow::{anyhow, bail, ensure};
use app::store::CardElement;
use clap::Args;
use domain::checkout::Email;
use domain::fault::{FaultPlan, PlanError};
use domain::payment::PublishableKey;
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
    /// Publishable key of the payment gateway, which the payment page shows it; needed with a key of Stripe's
    // Not a type of its own here: what is wrong with it may be a secret, and would be repeated.
    #[arg(
        id = "gateway_publishable_key",
        long = "gateway-publishable-key",
        env = "CARTOGRAPH_GATEWAY_PUBLISHABLE_KEY",
        value_name = "KEY",
        hide_env_values = true,
        hide_default_value = true
    )]
    pub(crate) publishable_key: Option<Secret>,
    /// Address of the script that draws the field for cards, of a gateway other than Stripe (default: Stripe's)
    #[arg(id = "gateway_script_url", long = "gateway-script-url", env = "CARTOGRAPH_GATEWAY_SCRIPT_URL", value_name = "URL", value_parser = script_url)]
    pub(crate) script_url: Option<String>,
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
/// Stripe asks for its script to be loaded from here and nowhere else (<https://docs.stripe.com/js/including>).
const STRIPE_SCRIPT: &str = "https://js.stripe.com/v3/";

impl PaymentSettings {
    /// The gateway outside of this process, with its key; `None` for the embedded sandbox.
    ///
    /// # Errors
    /// For an address without a key.
    pub(crate) fn elsewhere(&self) -> anyhow::Result<Option<(String, Secret)>> {
        match (&self.url, &self.key) {
            (url, Some(key)) => Ok(Some((url.clone().unwrap_or_else(|| STRIPE.to_owned()), key.clone()))),
            (None, None) => Ok(None),
            (Some(_), None) => bail!("--gateway-url needs --gateway-key, the secret key of that gateway"),
        }
    }

    /// The field for cards that the gateway draws into the payment page; `None` where the page's own form posts to
    /// the gateway.
    ///
    /// # Errors
    /// For a key of Stripe's without a publishable one, and for anything else that does not fit together. No value
    /// is repeated: somebody may have put a secret in its place.
    pub(crate) fn card_element(&self) -> anyhow::Result<Option<CardElement>> {
        let is_stripe = self.key.is_some() && self.url.as_deref().is_none_or(is_of_stripe);
        let Some(publishable) = &self.publishable_key else {
            ensure!(
                self.script_url.is_none(),
                "--gateway-script-url needs --gateway-publishable-key, which the script is given, like {PUBLISHABLE}"
            );
            ensure!(
                !is_stripe,
                "--gateway-key needs --gateway-publishable-key, for the field of Stripe's that takes the cards: the \
                 key of the same account that begins with pk_, like {PUBLISHABLE}"
            );
            return Ok(None);
        };
        let key = publishable_key(publishable)?;
        let Some(secret) = &self.key else {
            bail!("--gateway-publishable-key needs --gateway-key, the secret key of the same account")
        };
        ensure!(
            !is_stripe || fit(secret, publishable),
            "--gateway-publishable-key and --gateway-key do not belong together: one is for tests and one is live"
        );
        ensure!(
            !is_stripe || self.script_url.is_none(),
            "--gateway-script-url needs --gateway-url, the address of a gateway other than Stripe: what takes cards \
             for Stripe is its own script"
        );
        let script = self.script_url.as_deref().unwrap_or(STRIPE_SCRIPT).into();
        Ok(Some(CardElement { script, key }))
    }
}

/// A publishable key as Stripe writes it.
const PUBLISHABLE: &str = "pk_live_51H8s2kLq";
/// Letters of a key's beginning that may be repeated: they say what kind of key it is.
const MAX_KIND_CHARS: usize = 5;

fn publishable_key(setting: &Secret) -> anyhow::Result<PublishableKey> {
    let raw = setting.reveal();
    raw.parse().map_err(|_| {
        let kind = raw.split_once('_').map(|(kind, _)| kind);
        let kind =
            kind.filter(|kind| kind.len() <= MAX_KIND_CHARS && kind.bytes().all(|byte| byte.is_ascii_lowercase()));
        let shown = kind.map_or_else(|| "…".to_owned(), |kind| format!("{kind}_…"));
        let why = match kind {
            Some("sk" | "rk") => "it is a secret key, which no browser may see; the right one begins with pk_",
            _ => "it must begin with pk_ and go on with letters and digits",
        };
        anyhow!(
            "invalid value {shown} of {} characters for --gateway-publishable-key: {why}, like {PUBLISHABLE}",
            raw.chars().count()
        )
    })
}

fn is_of_stripe(url: &str) -> bool {
    let host = url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
    host.is_some_and(|host| host == "stripe.com" || host.ends_with(".stripe.com"))
}

/// Whether both keys are for tests or both are live, as far as they say it.
fn fit(secret: &Secret, publishable: &Secret) -> bool {
    let mode = |key: &Secret| key.reveal().split('_').nth(1).map(str::to_owned);
    let is_said = |mode: &Option<String>| matches!(mode.as_deref(), Some("test" | "live"));
    let (one, other) = (mode(secret), mode(publishable));
    one == other || !is_said(&one) || !is_said(&other)
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

fn script_url(raw: &str) -> Result<String, String> {
    let is_right = web_address(raw, url::Url::has_host).is_some();
    is_right.then(|| raw.to_owned()).ok_or_else(|| "must be a web address, like https://gateway.example/v3/".to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    fn payment(key: &str, publishable: &str, url: Option<&str>, script: Option<&str>) -> anyhow::Result<String> {
        let secret = |raw: &str| raw.parse::<Secret>().ok();
        let settings = PaymentSettings {
            url: url.map(str::to_owned),
            key: secret(key),
            publishable_key: secret(publishable),
            script_url: script.map(str::to_owned),
            webhook_secret: None,
        };
        let element = settings.card_element()?;
        Ok(element.map(|CardElement { script, key }| format!("{script} {key}")).unwrap_or_default())
    }

    #[test]
    fn a_gateway_has_the_script_that_speaks_with_it() {
        let element = |key, publishable, url, script| payment(key, publishable, url, script).unwrap();
        let (elsewhere, script) = (Some("http://127.0.0.1:4010"), Some("http://127.0.0.1:4010/v3/"));
        assert_eq!(element("", "", None, None), "");
        assert_eq!(element("sk_live_1", "pk_live_1", None, None), "https://js.stripe.com/v3/ pk_live_1");
        assert_eq!(element("sk_test_1", "", elsewhere, None), "");
        assert_eq!(element("sk_test_1", "pk_test_1", elsewhere, None), "https://js.stripe.com/v3/ pk_test_1");
        assert_eq!(element("sk_test_1", "pk_test_1", elsewhere, script), "http://127.0.0.1:4010/v3/ pk_test_1");
        // A restricted key says its mode in the same place, and an unusual one says none.
        assert_eq!(element("rk_live_1", "pk_live_1", None, None), "https://js.stripe.com/v3/ pk_live_1");
        assert_eq!(element("secret", "pk_live_1", None, None), "https://js.stripe.com/v3/ pk_live_1");
    }

    #[test]
    fn what_does_not_fit_is_refused_without_a_word_of_it() {
        let refused = |key, publishable, url, script| payment(key, publishable, url, script).unwrap_err().to_string();
        let (stripe, script) = (Some("https://api.stripe.com"), Some("http://127.0.0.1:4010/v3/"));
        for url in [None, stripe, Some("https://eu.api.stripe.com/")] {
            let missing = refused("sk_live_hunter2", "", url, None);
            assert!(missing.contains("--gateway-publishable-key") && missing.contains("pk_live_"), "{missing}");
            let foreign = refused("sk_live_hunter2", "pk_live_1", url, script);
            assert!(foreign.contains("--gateway-script-url needs --gateway-url"), "{foreign}");
        }
        assert!(refused("", "pk_live_1", None, None).contains("needs --gateway-key"));
        assert!(
            refused("sk_test_1", "", Some("http://127.0.0.1:9"), script).contains("needs --gateway-publishable-key")
        );
        assert!(refused("sk_live_1", "pk_test_1", None, None).contains("do not belong together"));
        for (wrong, shown) in [
            ("sk_live_hunter2", "sk_… of 15 characters"),
            ("rk_live_hunter2", "it is a secret key"),
            ("whsec_hunter2", "whsec_… of 13 characters"),
            ("hunter2hunter2", "invalid value … of 14 characters"),
            ("hunter2_1", "invalid value … of 9 characters"),
            ("pk_live_hunter2;", "pk_… of 16 characters"),
        ] {
            let refused = refused("sk_live_1", wrong, None, None);
            assert!(refused.contains(shown) && refused.contains("pk_live_51H8s2kLq"), "{refused}");
            assert!(!refused.contains("hunter2"), "{refused}");
        }
    }
}
