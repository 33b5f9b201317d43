//! Counts attempts, for the account and for the network that they come from. The subject that is
//! counted is kept as a hash: the table names nobody.

use anyhow::Context;
use domain::account::{
    AccountError, AccountId, Attempts, CODES_PER_ACCOUNT, CODES_PER_NETWORK, Client, GIFT_CARDS_PER_CART,
    GIFT_CARDS_PER_NETWORK, Limit, MAILS_PER_ACCOUNT, MAILS_PER_NETWORK, PASSKEY_OFFERS_PER_NETWORK,
    SIGN_INS_PER_ACCOUNT, SIGN_INS_PER_NETWORK,
};
use domain::cart::CartId;
use domain::checkout::Email;
use jiff::Timestamp;
use sqlx::{AnyConnection, Row};

use crate::sql::Sql;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counted {
    SignIn,
    /// Codes after the password.
    Code,
    Mail,
}

impl Counted {
    const fn limits(self) -> (Limit, Limit) {
        match self {
            Self::SignIn => (SIGN_INS_PER_ACCOUNT, SIGN_INS_PER_NETWORK),
            Self::Code => (CODES_PER_ACCOUNT, CODES_PER_NETWORK),
            Self::Mail => (MAILS_PER_ACCOUNT, MAILS_PER_NETWORK),
        }
    }

    fn subject(self, of: &str) -> String {
        let name = match self {
            Self::SignIn => "sign-in",
            Self::Code => "code",
            Self::Mail => "mail",
        };
        subject(name, of)
    }

    fn of_email(self, email: &Email) -> String {
        self.subject(&email.key())
    }

    /// Where somebody comes from, as far as that is known, and its limit.
    fn of_network(self, client: &Client) -> Option<(String, Limit)> {
        let (_, per_network) = self.limits();
        Some((self.subject(&client.network?.to_string()), per_network))
    }
}

fn subject(name: &str, of: &str) -> String {
    blake3::hash(format!("{name} {of}").as_bytes()).to_hex().to_string()
}

/// Counts a code of a gift card that is tried for a cart, right or wrong; answers how many minutes there are to wait.
pub(crate) async fn count_code(sql: &Sql, cart: CartId, client: &Client) -> anyhow::Result<Option<u32>> {
    let of = |of: &str| subject("gift-card", of);
    let network = client.network.map(|network| (of(&network.to_string()), GIFT_CARDS_PER_NETWORK));
    count_all(sql, [(of(&cart.to_string()), GIFT_CARDS_PER_CART)].into_iter().chain(network)).await
}

/// Counts what an account does, by the name of the deed, and where it comes from; answers how many minutes there are
/// to wait.
pub(crate) async fn count_deed(
    sql: &Sql,
    deed: &str,
    account: AccountId,
    client: &Client,
    (per_account, per_network): (Limit, Limit),
) -> anyhow::Result<Option<u32>> {
    let network = client.network.map(|network| (subject(deed, &network.to_string()), per_network));
    count_all(sql, [(subject(deed, &account.to_string()), per_account)].into_iter().chain(network)).await
}

/// Counts a letter that somebody asks to be written to an address; answers how many minutes there are to wait.
pub(crate) async fn count_mail(sql: &Sql, email: &Email, client: &Client) -> anyhow::Result<Option<u32>> {
    count_both(sql, Counted::Mail, email, client).await
}

/// Counts one attempt and answers whether it may go on.
pub(super) async fn count(
    sql: &Sql,
    counted: Counted,
    email: &Email,
    client: &Client,
) -> anyhow::Result<Result<(), AccountError>> {
    Ok(allowed(count_both(sql, counted, email, client).await?))
}

/// Counts one attempt of somebody who does not say who they are, and answers whether it may go on.
pub(super) async fn count_network(
    sql: &Sql,
    counted: Counted,
    client: &Client,
) -> anyhow::Result<Result<(), AccountError>> {
    match counted.of_network(client) {
        Some(subject) => Ok(allowed(count_all(sql, [subject]).await?)),
        None => Ok(Ok(())),
    }
}

/// Counts a page on which a browser may offer passkeys, beside the attempts, and answers whether it may.
pub(super) async fn count_offer(sql: &Sql, client: &Client) -> anyhow::Result<Result<(), AccountError>> {
    let Some(network) = client.network else { return Ok(Ok(())) };
    let subject = subject("passkey-offer", &network.to_string());
    Ok(allowed(count_all(sql, [(subject, PASSKEY_OFFERS_PER_NETWORK)]).await?))
}

fn allowed(wait_mins: Option<u32>) -> Result<(), AccountError> {
    wait_mins.map_or(Ok(()), |wait_mins| Err(AccountError::TooManyAttempts { wait_mins }))
}

async fn count_both(sql: &Sql, counted: Counted, email: &Email, client: &Client) -> anyhow::Result<Option<u32>> {
    let (per_account, _) = counted.limits();
    count_all(sql, [(counted.of_email(email), per_account)].into_iter().chain(counted.of_network(client))).await
}

/// Counts one attempt for each subject; answers how many minutes there are to wait.
async fn count_all(sql: &Sql, subjects: impl IntoIterator<Item = (String, Limit)>) -> anyhow::Result<Option<u32>> {
    let (now, mut wait_mins) = (Timestamp::now(), None);
    let mut transaction = sql.begin().await?;
    for (subject, limit) in subjects {
        wait_mins = wait_mins.max(add(&mut transaction, &subject, limit, now).await?);
    }
    transaction.commit().await.context("committing an attempt")?;
    Ok(wait_mins)
}

/// Adds an attempt to a count; answers how many minutes there are to wait.
async fn add(
    connection: &mut AnyConnection,
    subject: &str,
    limit: Limit,
    now: Timestamp,
) -> anyhow::Result<Option<u32>> {
    // Writing first locks the row, also where there was none: two attempts never read the same count.
    let row = sqlx::query(
        "INSERT INTO account_attempts (subject, attempts, until_ms) VALUES ($1, 0, 0)
         ON CONFLICT (subject) DO UPDATE SET attempts = account_attempts.attempts
         RETURNING attempts, until_ms",
    )
    .bind(subject)
    .fetch_one(&mut *connection)
    .await
    .context("reading attempts")?;
    let count = u32::try_from(row.try_get::<i64, _>("attempts")?).context("reading attempts")?;
    let until = Timestamp::from_millisecond(row.try_get("until_ms")?)?;
    let counted = Attempts::counted(Some(Attempts { count, until }), limit, now);
    sqlx::query("UPDATE account_attempts SET attempts = $1, until_ms = $2 WHERE subject = $3")
        .bind(i64::from(counted.count))
        .bind(counted.until.as_millisecond())
        .bind(subject)
        .execute(connection)
        .await
        .context("counting an attempt")?;
    Ok(counted.wait_mins(limit, now))
}

/// Forgets the attempts for an account after its owner signed in. The network's stay: its next guess
/// may be at somebody else.
pub(super) async fn forget(connection: &mut AnyConnection, counted: Counted, email: &Email) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM account_attempts WHERE subject = $1")
        .bind(counted.of_email(email))
        .execute(connection)
        .await
        .context("forgetting attempts")?;
    Ok(())
}
