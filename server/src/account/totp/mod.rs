//! Codes of an app, after the password (RFC 6238), and the recovery codes that stand in for them. The password opens
//! no session then: it leads to a token that lasts for minutes and is good for typing a code. A code is good once.

mod half;
mod key;
mod recovery;

use anyhow::Context;
use async_trait::async_trait;
use domain::account::ports::SignInCodes;
use domain::account::{
    Account, AccountError, AccountId, Client, Opened, Password, RecoveryCode, SignInCode, SignInCodesState,
    TOTP_SETUP_S, Token, TotpCode, TotpSetup,
};
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use super::attempts::{Counted, count, forget};
use super::letters::Change;
use super::store::{Kept, lock, read_by_id};
use super::{Answer, SqlAccounts, answer, session};
use crate::fault::at_boundary;
use crate::sql::{Sql, now_ms};
use key::Key;

pub(super) use half::{begin as begin_half, end_all as end_all_halves};

/// Whether an account asks for codes.
pub(super) async fn is_on(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<bool> {
    Ok(key_in_use(connection, account).await?.is_some())
}

/// Asks an account for no codes any more.
pub(super) async fn remove(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<bool> {
    recovery::remove(connection, account).await?;
    let removed = sqlx::query("DELETE FROM account_totp WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("removing the key of an app")?;
    Ok(removed.rows_affected() == 1)
}

fn key_of(row: &AnyRow) -> anyhow::Result<Key> {
    Key::read(row.try_get("secret")?)
}

async fn key_in_use(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<Option<Key>> {
    let row = sqlx::query("SELECT secret FROM account_totp WHERE account_id = $1 AND is_on = 1")
        .bind(account.to_string())
        .fetch_optional(connection)
        .await
        .context("reading the key of an app")?;
    row.map(|row| key_of(&row)).transpose()
}

/// The key that waits to be taken over.
async fn key_to_come(sql: &Sql, account: AccountId) -> anyhow::Result<Option<Key>> {
    let row = sqlx::query("SELECT secret FROM account_totp WHERE account_id = $1 AND is_on = 0 AND made_ms > $2")
        .bind(account.to_string())
        .bind(now_ms() - TOTP_SETUP_S * 1000)
        .fetch_optional(sql.readers())
        .await
        .context("reading the key of an app")?;
    row.map(|row| key_of(&row)).transpose()
}

/// Uses a code up; `false` where it is not right, or was used before.
async fn spend(connection: &mut AnyConnection, account: &Account, code: &SignInCode) -> anyhow::Result<bool> {
    let code = match code {
        SignInCode::Recovery(code) => return recovery::spend(connection, account.id, code).await,
        SignInCode::Totp(code) => code,
    };
    let Some(key) = key_in_use(connection, account.id).await? else { return Ok(false) };
    let Some(step) = key.step_of(code)? else { return Ok(false) };
    let statement = "UPDATE account_totp SET last_step = $1 WHERE account_id = $2 AND is_on = 1 AND last_step < $1";
    let spent = sqlx::query(statement).bind(step).bind(account.id.to_string()).execute(connection).await;
    Ok(spent.context("using a code")?.rows_affected() == 1)
}

impl SqlAccounts {
    async fn codes_state(&self, account: AccountId) -> anyhow::Result<SignInCodesState> {
        let mut connection = self.sql.readers().acquire().await?;
        if !is_on(&mut connection, account).await? {
            return Ok(SignInCodesState::Off);
        }
        Ok(SignInCodesState::On { recovery_codes: recovery::count(&mut connection, account).await? })
    }

    async fn make_key(&self, account: AccountId, password: &Password, client: &Client) -> Answer<()> {
        let (mut transaction, account) = match self.begin_confirmed(account, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        // A key that is in use stays in use.
        sqlx::query(
            "INSERT INTO account_totp (account_id, secret, is_on, made_ms) VALUES ($1, $2, 0, $3)
             ON CONFLICT (account_id) DO UPDATE SET secret = excluded.secret, made_ms = excluded.made_ms
             WHERE account_totp.is_on = 0",
        )
        .bind(account.id.to_string())
        .bind(Key::random().text())
        .bind(now_ms())
        .execute(&mut *transaction)
        .await
        .context("making the key of an app")?;
        transaction.commit().await.context("committing the key of an app")?;
        Ok(Ok(()))
    }

    async fn show_key(&self, account: AccountId) -> anyhow::Result<Option<TotpSetup>> {
        let Some(key) = key_to_come(&self.sql, account).await? else { return Ok(None) };
        let Some(kept) = read_by_id(&self.sql, account).await? else { return Ok(None) };
        key.setup(&self.sender.store_name, &kept.account.email).map(Some)
    }

    async fn begin_to_ask(&self, account: AccountId, code: &TotpCode, client: &Client) -> Answer<Vec<RecoveryCode>> {
        let Some(key) = key_to_come(&self.sql, account).await? else {
            return Ok(Err(AccountError::CodesNotBegun));
        };
        let Some(Kept { account, .. }) = read_by_id(&self.sql, account).await? else {
            return Ok(Err(AccountError::NotSignedIn));
        };
        if let Err(refused) = count(&self.sql, Counted::Code, &account.email, client).await? {
            return Ok(Err(refused));
        }
        let Some(step) = key.step_of(code)? else { return Ok(Err(AccountError::WrongCode)) };
        let mut transaction = self.sql.begin().await?;
        let turned_on = sqlx::query(
            "UPDATE account_totp SET is_on = 1, last_step = $1 WHERE account_id = $2 AND is_on = 0 AND secret = $3",
        )
        .bind(step)
        .bind(account.id.to_string())
        .bind(key.text())
        .execute(&mut *transaction)
        .await
        .context("turning codes on")?;
        if turned_on.rows_affected() == 0 {
            return Ok(Err(AccountError::CodesNotBegun));
        }
        let codes = recovery::renew(&mut transaction, account.id).await?;
        forget(&mut transaction, Counted::Code, &account.email).await?;
        transaction.commit().await.context("committing that codes are asked for")?;
        self.tell(&account.email, &Change::CodesOn).await?;
        Ok(Ok(codes))
    }

    async fn renew_recovery(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Answer<Vec<RecoveryCode>> {
        let (mut transaction, account) = match self.begin_confirmed(account, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        if !is_on(&mut transaction, account.id).await? {
            return Ok(Err(AccountError::CodesAreOff));
        }
        let codes = recovery::renew(&mut transaction, account.id).await?;
        transaction.commit().await.context("committing recovery codes")?;
        self.tell(&account.email, &Change::RecoveryCodesRenewed).await?;
        Ok(Ok(codes))
    }

    async fn end_to_ask(&self, account: AccountId, password: &Password, client: &Client) -> Answer<()> {
        let (mut transaction, account) = match self.begin_confirmed(account, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        let was_on = is_on(&mut transaction, account.id).await?;
        remove(&mut transaction, account.id).await?;
        transaction.commit().await.context("committing that no codes are asked for")?;
        if was_on {
            self.tell(&account.email, &Change::CodesOff).await?;
        }
        Ok(Ok(()))
    }

    async fn finish_sign_in(&self, token: &Token, code: &SignInCode, client: &Client) -> Answer<Opened> {
        let Some(id) = half::find(&self.sql, token).await? else { return Ok(Err(AccountError::SignInSpent)) };
        let Some(Kept { account, .. }) = read_by_id(&self.sql, id).await? else {
            return Ok(Err(AccountError::SignInSpent));
        };
        if let Err(refused) = count(&self.sql, Counted::Code, &account.email, client).await? {
            return Ok(Err(refused));
        }
        let mut transaction = self.sql.begin().await?;
        lock(&mut transaction, id).await?;
        if !spend(&mut transaction, &account, code).await? {
            return Ok(Err(AccountError::WrongCode));
        }
        // Another password may have been chosen meanwhile: the one that was right is none any more.
        if !half::take(&mut transaction, token).await? {
            return Ok(Err(AccountError::SignInSpent));
        }
        forget(&mut transaction, Counted::Code, &account.email).await?;
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        let left = match code {
            SignInCode::Recovery(_) => Some(recovery::count(&mut transaction, id).await?),
            SignInCode::Totp(_) => None,
        };
        let opened = session::enter(&mut transaction, account, client).await?;
        transaction.commit().await.context("committing a session")?;
        if let Some(left) = left {
            self.tell(&opened.account.email, &Change::RecoveryCodeUsed { left }).await?;
        }
        Ok(Ok(opened))
    }
}

#[async_trait]
impl SignInCodes for SqlAccounts {
    async fn state(&self, account: AccountId) -> Result<SignInCodesState, AccountError> {
        at_boundary(self.codes_state(account).await, AccountError::Unavailable)
    }

    async fn begin(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError> {
        answer(self.make_key(account, password, client).await)
    }

    async fn setup(&self, account: AccountId) -> Result<Option<TotpSetup>, AccountError> {
        at_boundary(self.show_key(account).await, AccountError::Unavailable)
    }

    async fn turn_on(
        &self,
        account: AccountId,
        code: &TotpCode,
        client: &Client,
    ) -> Result<Vec<RecoveryCode>, AccountError> {
        answer(self.begin_to_ask(account, code, client).await)
    }

    async fn renew(
        &self,
        account: AccountId,
        password: &Password,
        client: &Client,
    ) -> Result<Vec<RecoveryCode>, AccountError> {
        answer(self.renew_recovery(account, password, client).await)
    }

    async fn turn_off(&self, account: AccountId, password: &Password, client: &Client) -> Result<(), AccountError> {
        answer(self.end_to_ask(account, password, client).await)
    }

    async fn is_awaited(&self, token: &Token) -> Result<bool, AccountError> {
        let found = half::find(&self.sql, token).await;
        Ok(at_boundary(found, AccountError::Unavailable)?.is_some())
    }

    async fn sign_in(&self, token: &Token, code: &SignInCode, client: &Client) -> Result<Opened, AccountError> {
        answer(self.finish_sign_in(token, code, client).await)
    }
}
