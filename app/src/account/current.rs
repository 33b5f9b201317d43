use domain::account::{AccountError, Client, Role, Session, SignedIn, Token};
use leptos::prelude::use_context;

use super::SESSION_COOKIE;
use super::back::sign_in_path;
use crate::answer::{never_cache, send_to, set_cookie};
use crate::error::WireError;
use crate::page::here;

/// Who is signed in; the server puts it into the context of every request.
pub fn signed_in() -> Option<SignedIn> {
    use_context()
}

/// Who is signed in, on a page that is theirs alone. `None` for everybody else: the answer then leads
/// to the sign-in, and from there back.
pub fn require() -> Option<SignedIn> {
    never_cache();
    let signed_in = signed_in();
    if signed_in.is_none() {
        send_to(&sign_in_path(&here()));
    }
    signed_in
}

/// Who runs the store, on a page or in a form that is for them alone.
///
/// # Errors
/// [`AccountError::NotSignedIn`], or [`AccountError::NotAllowed`] for a customer.
pub fn require_operator() -> Result<SignedIn, WireError> {
    let signed_in = signed_in().ok_or(AccountError::NotSignedIn)?;
    if signed_in.account.role == Role::Operator { Ok(signed_in) } else { Err(AccountError::NotAllowed.into()) }
}

/// Who is signed in, for a form.
///
/// # Errors
/// [`AccountError::NotSignedIn`].
pub(crate) fn current() -> Result<SignedIn, WireError> {
    Ok(signed_in().ok_or(AccountError::NotSignedIn)?)
}

/// Where the request comes from.
///
/// # Errors
/// [`WireError::Unavailable`] outside a request.
pub(crate) fn client() -> Result<Client, WireError> {
    use_context().ok_or(WireError::Unavailable)
}

/// Lets the browser carry a session from now on.
pub(super) fn carry(token: &Token) {
    set_cookie(SESSION_COOKIE, &token.reveal(), "/", Session::longest_life_s());
}

/// Lets the browser forget its session.
pub(super) fn drop_session() {
    set_cookie(SESSION_COOKIE, "", "/", 0);
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::{Account, AccountId, SessionId};
    use domain::cart::CartId;
    use leptos::prelude::{Owner, provide_context};

    fn somebody(role: Role) -> SignedIn {
        let id = "0197b2c4d5e67f8091a2b3c4d5e6f708";
        let account = Account {
            id: id.parse::<AccountId>().unwrap(),
            email: "olga@example.com".parse().unwrap(),
            name: "Olga".parse().unwrap(),
            role,
            cart: id.parse::<CartId>().unwrap(),
            opened_at: "2026-11-25T12:00:00Z".parse().unwrap(),
        };
        SignedIn { account, session: id.parse::<SessionId>().unwrap() }
    }

    #[test]
    fn only_an_operator_passes() {
        let asks = |who: Option<SignedIn>| {
            Owner::new().with(|| {
                if let Some(who) = who {
                    provide_context(who);
                }
                require_operator().map(|passed| passed.account.role)
            })
        };
        assert_eq!(asks(None), Err(AccountError::NotSignedIn.into()));
        assert_eq!(asks(Some(somebody(Role::Customer))), Err(AccountError::NotAllowed.into()));
        assert_eq!(asks(Some(somebody(Role::Operator))), Ok(Role::Operator));
    }
}
