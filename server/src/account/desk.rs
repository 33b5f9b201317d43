//! What those who run the store do with an account that is another's: they let in who lost the app and the recovery
//! codes.

use anyhow::Context;
use async_trait::async_trait;
use domain::account::{AccountError, AccountId, Client, Password, Role};
use domain::checkout::Email;
use domain::inventory::Reference;
use domain::operator::ports::AccountDesk;
use domain::operator::{AccountSheet, DeedKind, DeedReason};

use super::attempts::{Counted, forget};
use super::letters::Change;
use super::store::{Kept, find_by_email, find_by_id, lock, read_by_id};
use super::{Answer, SqlAccounts, answer, session, totp};
use crate::fault::at_boundary;
use crate::operator::{NewDeed, read_deeds_of, write_answered_for};

impl SqlAccounts {
    async fn id_of(&self, email: &Email) -> anyhow::Result<Option<AccountId>> {
        let mut reader = self.sql.readers().acquire().await.context("looking an account up")?;
        Ok(find_by_email(&mut reader, email).await?.map(|kept| kept.account.id))
    }

    async fn read_sheet(&self, id: AccountId) -> anyhow::Result<Option<AccountSheet>> {
        let Some(Kept { account, .. }) = read_by_id(&self.sql, id).await? else { return Ok(None) };
        let deeds = read_deeds_of(&self.sql, &id.to_string()).await?;
        let mut reader = self.sql.readers().acquire().await.context("looking at an account")?;
        Ok(Some(AccountSheet { account, asks_for_codes: totp::is_on(&mut reader, id).await?, deeds }))
    }

    async fn let_in_without_codes(
        &self,
        id: AccountId,
        reason: &DeedReason,
        by: AccountId,
        password: &Password,
        client: &Client,
    ) -> Answer<()> {
        let (mut transaction, operator) = match self.begin_confirmed(by, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        // Who runs the store may have changed since the session was looked at.
        if operator.role != Role::Operator {
            return Ok(Err(AccountError::NotAllowed));
        }
        lock(&mut transaction, id).await?;
        let Some(Kept { account, .. }) = find_by_id(&mut transaction, id).await? else {
            return Ok(Err(AccountError::NoSuchAccount));
        };
        if account.role == Role::Operator {
            return Ok(Err(AccountError::OperatorsCodes));
        }
        if !totp::is_on(&mut transaction, id).await? {
            return Ok(Err(AccountError::NoCodesToTurnOff));
        }
        totp::remove(&mut transaction, id).await?;
        session::end_all(&mut transaction, id).await?;
        forget(&mut transaction, Counted::Code, &account.email).await?;
        let by: Reference = operator.email.as_str().parse().context("naming an operator")?;
        let deed = NewDeed { by: &by, kind: DeedKind::CodesTurnedOff, subject: &id.to_string(), movement: None };
        write_answered_for(&mut transaction, deed, Some(reason)).await?;
        transaction.commit().await.context("committing that an operator turned codes off")?;
        self.tell(&account.email, &Change::CodesOffByStore).await?;
        Ok(Ok(()))
    }
}

#[async_trait]
impl AccountDesk for SqlAccounts {
    async fn look_up(&self, email: &Email) -> Result<Option<AccountId>, AccountError> {
        at_boundary(self.id_of(email).await, AccountError::Unavailable)
    }

    async fn find(&self, account: AccountId) -> Result<Option<AccountSheet>, AccountError> {
        at_boundary(self.read_sheet(account).await, AccountError::Unavailable)
    }

    async fn turn_codes_off(
        &self,
        account: AccountId,
        reason: &DeedReason,
        by: AccountId,
        password: &Password,
        client: &Client,
    ) -> Result<(), AccountError> {
        answer(self.let_in_without_codes(account, reason, by, password, client).await)
    }
}
