//! Who runs the store: given and taken on the command line, where the data folder is.

use anyhow::{Context, ensure};
use domain::account::{Account, AccountId, Password, Role};
use domain::cart::CartId;
use domain::checkout::{Email, PersonName};
use jiff::Timestamp;
use sqlx::Row;
use uuid::Uuid;

use super::link::void;
use super::secret::{Hasher, new_token};
use super::session::end_all;
use super::store::{find_by_email, insert, set_password};
use super::{passkey, totp};
use crate::sql::Sql;

/// Hexadecimal digits, of four bits each.
const GENERATED_CHARS: usize = 32;

/// An operator's account that had to be opened, or one that was there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NewOperator {
    Opened,
    Promoted,
}

/// A password that nobody has to think of: 128 random bits.
pub(crate) fn generated_password(email: &Email) -> anyhow::Result<Password> {
    Ok(Password::choose(&new_token().reveal()[..GENERATED_CHARS], email)?)
}

/// Gives an account the role of an operator, and opens one where there is none. The password is set in
/// both cases: what a customer chose is not good enough for it. Every session of the account ends, and
/// so does every link that was sent for it; its passkeys are removed and no code is asked for, so that
/// an operator who lost the device with both comes in again.
pub(crate) async fn add_operator(sql: &Sql, email: &Email, password: &Password) -> anyhow::Result<NewOperator> {
    let password_hash = Hasher::new()?.hash(password).await?;
    let mut transaction = sql.begin().await?;
    let added = if let Some(kept) = find_by_email(&mut transaction, email).await? {
        set_role(&mut transaction, kept.account.id, Role::Operator).await?;
        set_password(&mut transaction, kept.account.id, &password_hash).await?;
        void(&mut transaction, kept.account.id).await?;
        end_all(&mut transaction, kept.account.id).await?;
        passkey::remove_all(&mut transaction, kept.account.id).await?;
        totp::remove(&mut transaction, kept.account.id).await?;
        NewOperator::Promoted
    } else {
        let account = Account {
            id: AccountId::new(Uuid::new_v4()),
            email: email.clone(),
            name: "Operator".parse::<PersonName>()?,
            role: Role::Operator,
            cart: CartId::new(Uuid::new_v4()),
            opened_at: Timestamp::now(),
        };
        ensure!(insert(&mut transaction, &account, &password_hash).await?, "somebody opened that account just now");
        NewOperator::Opened
    };
    transaction.commit().await.context("committing an operator")?;
    Ok(added)
}

/// Makes an operator a customer again and ends every session and every link.
pub(crate) async fn remove_operator(sql: &Sql, email: &Email) -> anyhow::Result<()> {
    let mut transaction = sql.begin().await?;
    let kept = find_by_email(&mut transaction, email).await?;
    let kept = kept.filter(|kept| kept.account.role == Role::Operator);
    let kept = kept.with_context(|| format!("{email} is no operator"))?;
    set_role(&mut transaction, kept.account.id, Role::Customer).await?;
    void(&mut transaction, kept.account.id).await?;
    end_all(&mut transaction, kept.account.id).await?;
    transaction.commit().await.context("committing the end of an operator")
}

/// The e-mail addresses of the operators.
pub(crate) async fn list_operators(sql: &Sql) -> anyhow::Result<Vec<String>> {
    let rows = sqlx::query("SELECT email FROM accounts WHERE role = $1 ORDER BY email_key")
        .bind(Role::Operator.parameter())
        .fetch_all(sql.readers())
        .await
        .context("listing operators")?;
    rows.iter().map(|row| Ok(row.try_get("email")?)).collect()
}

async fn set_role(connection: &mut sqlx::AnyConnection, account: AccountId, role: Role) -> anyhow::Result<()> {
    sqlx::query("UPDATE accounts SET role = $1 WHERE id = $2")
        .bind(role.parameter())
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("giving a role")?;
    Ok(())
}
