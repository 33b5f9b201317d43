//! Passkeys: added by whoever knows the password, and good for a session without it. What a browser is asked is kept
//! here, answered once, and forgotten after some minutes. Which passkeys there are is told to nobody: an answer that
//! names an unknown one is refused like one that proves nothing.

mod ceremony;
mod party;
mod rows;

use anyhow::Context;
use app::store::Store;
use async_trait::async_trait;
use domain::account::ports::Passkeys;
use domain::account::{
    AccountError, AccountId, CEREMONY_S, Ceremony, Client, MAX_PASSKEYS, Opened, PASSKEY_OFFER_S, Passkey,
    PasskeyAnswer, PasskeyId, PasskeyName, Password, Token,
};

use super::attempts::{Counted, count_network, count_offer, forget};
use super::letters::Change;
use super::secret::new_token;
use super::store::{find_by_id, lock};
use super::{Answer, SqlAccounts, answer, session};
use crate::fault::at_boundary;
use party::{Party, user_of};
use rows::Known;

pub(super) use rows::remove_all;

#[derive(Clone)]
pub(crate) struct SqlPasskeys {
    accounts: SqlAccounts,
    /// None where browsers take no passkeys.
    party: Option<Party>,
}

impl SqlPasskeys {
    /// Passkeys of a store, which is known to browsers by its public address.
    pub(crate) fn new(accounts: SqlAccounts, store: &Store) -> Self {
        Self { accounts, party: Party::of(&store.base_url, &store.name) }
    }

    async fn ask_for_new(
        &self,
        account: AccountId,
        name: &PasskeyName,
        password: &Password,
        client: &Client,
    ) -> Answer<Token> {
        let Some(party) = &self.party else { return Ok(Err(AccountError::NoPasskeysHere)) };
        let (mut transaction, account) = match self.accounts.begin_confirmed(account, password, client).await? {
            Ok(begun) => begun,
            Err(refused) => return Ok(Err(refused)),
        };
        let known = rows::credential_ids(&mut transaction, account.id).await?;
        if known.len() >= MAX_PASSKEYS as usize {
            return Ok(Err(AccountError::TooManyPasskeys));
        }
        let (token, begun) = (new_token(), party.begin(&account, name, known)?);
        ceremony::keep(&mut transaction, &token, &begun, Some(account.id), CEREMONY_S).await?;
        transaction.commit().await.context("committing what a browser is asked")?;
        Ok(Ok(token))
    }

    /// Each beginning counts, and leads to one attempt.
    async fn ask_who(&self, client: &Client) -> Answer<Token> {
        let Some(party) = &self.party else { return Ok(Err(AccountError::NoPasskeysHere)) };
        if let Err(refused) = count_network(&self.accounts.sql, Counted::SignIn, client).await? {
            return Ok(Err(refused));
        }
        let (token, begun) = (new_token(), party.begin_sign_in()?);
        let mut transaction = self.accounts.sql.begin().await?;
        ceremony::keep(&mut transaction, &token, &begun, None, CEREMONY_S).await?;
        transaction.commit().await.context("committing what a browser is asked")?;
        Ok(Ok(token))
    }

    /// Counts apart from attempts: those who only look at the page keep nobody out.
    async fn let_offer(&self, asked: Option<&Token>, client: &Client) -> Answer<(Token, Ceremony)> {
        let Some(party) = &self.party else { return Ok(Err(AccountError::NoPasskeysHere)) };
        if let Some(token) = asked
            && let Some(ceremony) = ceremony::go_on(&self.accounts.sql, token).await?
        {
            return Ok(Ok((token.clone(), ceremony)));
        }
        if let Err(refused) = count_offer(&self.accounts.sql, client).await? {
            return Ok(Err(refused));
        }
        let (token, begun) = (new_token(), party.begin_sign_in()?);
        let mut transaction = self.accounts.sql.begin().await?;
        ceremony::keep(&mut transaction, &token, &begun, None, PASSKEY_OFFER_S).await?;
        transaction.commit().await.context("committing what a browser is asked")?;
        Ok(Ok((token, begun.ceremony)))
    }

    async fn keep_new(&self, account: AccountId, token: &Token, answer: &PasskeyAnswer) -> Answer<()> {
        let Some(party) = &self.party else { return Ok(Err(AccountError::NoPasskeysHere)) };
        let taken = ceremony::take(&self.accounts.sql, token).await?;
        let taken = taken.filter(|taken| taken.account == Some(account));
        let Some((name, state)) = taken.and_then(|taken| Some((taken.name?, taken.state))) else {
            return Ok(Err(AccountError::CeremonySpent));
        };
        let Some(key) = party.finish(&state, answer)? else { return Ok(Err(AccountError::PasskeyNotAdded)) };
        let mut transaction = self.accounts.sql.begin().await?;
        if !lock(&mut transaction, account).await? {
            return Ok(Err(AccountError::NotSignedIn));
        }
        if rows::credential_ids(&mut transaction, account).await?.len() >= MAX_PASSKEYS as usize {
            return Ok(Err(AccountError::TooManyPasskeys));
        }
        if !rows::insert(&mut transaction, account, &name, &key).await? {
            return Ok(Err(AccountError::PasskeyNotAdded));
        }
        let kept = find_by_id(&mut transaction, account).await?;
        transaction.commit().await.context("committing a passkey")?;
        if let Some(kept) = kept {
            self.accounts.tell(&kept.account.email, &Change::PasskeyAdded(name)).await?;
        }
        Ok(Ok(()))
    }

    async fn prove_and_open(&self, token: &Token, answer: &PasskeyAnswer, client: &Client) -> Answer<Opened> {
        let Some(party) = &self.party else { return Ok(Err(AccountError::NoPasskeysHere)) };
        let taken = ceremony::take(&self.accounts.sql, token).await?;
        let Some(taken) = taken.filter(|taken| taken.account.is_none()) else {
            return Ok(Err(AccountError::CeremonySpent));
        };
        let Some(claim) = party.identify(answer) else { return Ok(Err(AccountError::PasskeyRefused)) };
        let mut connection = self.accounts.sql.readers().acquire().await?;
        let known = rows::find(&mut connection, claim.credential_id()).await?;
        drop(connection);
        // Nobody guesses a key: attempts at the password of its account, which anybody can make, don't count here.
        let Some(Known { account, .. }) = known else { return Ok(Err(AccountError::PasskeyRefused)) };
        let mut transaction = self.accounts.sql.begin().await?;
        lock(&mut transaction, account.id).await?;
        // As it is now: the counter of another sign-in may have gone on, and the passkey may be gone.
        let Some(Known { account, mut key }) = rows::find(&mut transaction, claim.credential_id()).await? else {
            return Ok(Err(AccountError::PasskeyRefused));
        };
        if claim.user != user_of(&account)? || !party.prove(&taken.state, &claim, &mut key)? {
            return Ok(Err(AccountError::PasskeyRefused));
        }
        rows::note_use(&mut transaction, &key).await?;
        forget(&mut transaction, Counted::SignIn, &account.email).await?;
        let opened = session::enter(&mut transaction, account, client).await?;
        transaction.commit().await.context("committing a session")?;
        Ok(Ok(opened))
    }

    async fn give_name(&self, account: AccountId, id: PasskeyId, name: &PasskeyName) -> Answer<()> {
        let mut transaction = self.accounts.sql.begin().await?;
        if !rows::rename(&mut transaction, account, id, name).await? {
            return Ok(Err(AccountError::NoSuchPasskey));
        }
        transaction.commit().await.context("committing the name of a passkey")?;
        Ok(Ok(()))
    }

    async fn take_away(&self, account: AccountId, id: PasskeyId) -> Answer<()> {
        let mut transaction = self.accounts.sql.begin().await?;
        let Some(name) = rows::remove(&mut transaction, account, id).await? else {
            return Ok(Err(AccountError::NoSuchPasskey));
        };
        let kept = find_by_id(&mut transaction, account).await?;
        transaction.commit().await.context("committing the end of a passkey")?;
        if let Some(kept) = kept {
            self.accounts.tell(&kept.account.email, &Change::PasskeyRemoved(name)).await?;
        }
        Ok(Ok(()))
    }
}

#[async_trait]
impl Passkeys for SqlPasskeys {
    fn are_offered(&self) -> bool {
        self.party.is_some()
    }

    async fn list(&self, account: AccountId) -> Result<Vec<Passkey>, AccountError> {
        at_boundary(rows::list(&self.accounts.sql, account).await, AccountError::Unavailable)
    }

    async fn begin(
        &self,
        account: AccountId,
        name: &PasskeyName,
        password: &Password,
        client: &Client,
    ) -> Result<Token, AccountError> {
        answer(self.ask_for_new(account, name, password, client).await)
    }

    async fn begin_sign_in(&self, client: &Client) -> Result<Token, AccountError> {
        answer(self.ask_who(client).await)
    }

    async fn offer_sign_in(&self, asked: Option<&Token>, client: &Client) -> Result<(Token, Ceremony), AccountError> {
        answer(self.let_offer(asked, client).await)
    }

    async fn ceremony(&self, token: &Token) -> Result<Option<Ceremony>, AccountError> {
        at_boundary(ceremony::look(&self.accounts.sql, token).await, AccountError::Unavailable)
    }

    async fn add(&self, account: AccountId, token: &Token, made: &PasskeyAnswer) -> Result<(), AccountError> {
        answer(self.keep_new(account, token, made).await)
    }

    async fn sign_in(&self, token: &Token, shown: &PasskeyAnswer, client: &Client) -> Result<Opened, AccountError> {
        answer(self.prove_and_open(token, shown, client).await)
    }

    async fn rename(&self, account: AccountId, id: PasskeyId, name: &PasskeyName) -> Result<(), AccountError> {
        answer(self.give_name(account, id, name).await)
    }

    async fn remove(&self, account: AccountId, id: PasskeyId) -> Result<(), AccountError> {
        answer(self.take_away(account, id).await)
    }
}
