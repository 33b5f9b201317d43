//! What the forms of alerts post to. Each does one thing and leads to the page that shows it.

use domain::account::Token;
use domain::alert::ports::Alerts;
use domain::alert::{AlertError, AlertKind, StopKey};
use domain::catalog::Sku;
use domain::checkout::Email;
use leptos::prelude::*;

use super::{ALERTS, CONFIRM, NEW, PATH, STOP, alert_path};
use crate::account::{self, client, current, signed_in};
use crate::error::WireError;
use crate::port::port;
use crate::typed;

/// Asks for a letter about a SKU: at once for who is signed in; a guest gets a letter to confirm it by first.
#[server(prefix = "/api", endpoint = "alerts")]
pub async fn ask_alert(
    #[server(default)] sku: String,
    #[server(default)] about: String,
    #[server(default)] email: String,
) -> Result<(), WireError> {
    let wish = sku.parse::<Sku>().ok().zip(AlertKind::from_parameter(&about));
    let Some((sku, kind)) = wish else {
        account::lead(Err(WireError::Form), NEW);
        return Ok(());
    };
    let back = alert_path(&sku, kind);
    let asked = async {
        let alerts = port::<dyn Alerts>()?;
        if let Some(signed_in) = signed_in() {
            alerts.ask(signed_in.account.id, &sku, kind).await?;
            return Ok(format!("{ALERTS}?done=asked"));
        }
        let address = email.parse::<Email>().map_err(|_| AlertError::NotAnEmail)?;
        alerts.ask_by_letter(&address, &sku, kind, &client()?).await?;
        Ok(format!("{back}&sent=yes"))
    };
    let asked = asked.await;
    if signed_in().is_none() {
        // The page that says where the letter went shows it, and a form that is refused has it again.
        typed::keep(PATH, &[("email", &email)]);
    }
    account::lead(asked, &back);
    Ok(())
}

/// Confirms an alert by the link of a letter.
#[server(prefix = "/api", endpoint = "alerts/confirmations")]
pub async fn confirm_alert(#[server(default)] token: String) -> Result<(), WireError> {
    let confirmed = async {
        let token: Token = token.parse().map_err(|_| AlertError::LinkSpent)?;
        let alert = port::<dyn Alerts>()?.confirm(&token).await?;
        Ok(format!("{CONFIRM}?done={}", alert.awaited.kind().parameter()))
    };
    let back = token
        .parse::<Token>()
        .map_or_else(|_| CONFIRM.to_owned(), |token| format!("{CONFIRM}?token={}", token.reveal()));
    account::lead(confirmed.await, &back);
    Ok(())
}

/// Removes an alert of who is signed in.
#[server(prefix = "/api", endpoint = "alerts/removals")]
pub async fn remove_alert(#[server(default)] id: String) -> Result<(), WireError> {
    let removed = async {
        let owner = current()?.account.id;
        let id = id.parse().map_err(|_| WireError::Form)?;
        port::<dyn Alerts>()?.remove(owner, id).await?;
        Ok(format!("{ALERTS}?done=removed"))
    };
    account::lead(removed.await, ALERTS);
    Ok(())
}

/// Removes all that somebody asked for, by the link of a letter.
#[server(prefix = "/api", endpoint = "alerts/stops")]
pub async fn stop_alerts(#[server(default)] key: String) -> Result<(), WireError> {
    let stopped = async {
        let key: StopKey = key.parse().map_err(|_| AlertError::LinkSpent)?;
        port::<dyn Alerts>()?.stop_all(&key).await?;
        Ok(format!("{STOP}?done=yes"))
    };
    // A link that could not be followed for now is there to be tried again.
    let back = key.parse::<StopKey>().map_or_else(|_| STOP.to_owned(), |key| format!("{STOP}?key={}", key.reveal()));
    account::lead(stopped.await, &back);
    Ok(())
}
