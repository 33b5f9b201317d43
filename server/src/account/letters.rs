//! The words of the letters that accounts send.

use domain::account::{LinkPurpose, LinkWish, PasskeyName, Token};
use domain::checkout::Email;
use domain::mail::Letter;
use domain::text::TextError;

use super::SqlAccounts;

/// What a letter says of the store.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub(crate) store_name: String,
    /// `https://shop.example` without a slash at the end.
    pub(crate) base_url: String,
}

/// What was changed about how an account is signed in to, of which its owner is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Change {
    PasskeyAdded(PasskeyName),
    PasskeyRemoved(PasskeyName),
    CodesOn,
    CodesOff,
    /// By an operator, for an owner who lost them.
    CodesOffByStore,
    RecoveryCodesRenewed,
    RecoveryCodeUsed {
        left: u32,
    },
}

impl Change {
    /// What the letter is about, and what happened, in a sentence.
    fn words(&self, store: &str) -> (String, String) {
        match self {
            Self::PasskeyAdded(name) => (
                format!("A passkey was added at {store}"),
                format!("a passkey was added to your account at {store}: {name}. It signs in without your password."),
            ),
            Self::PasskeyRemoved(name) => (
                format!("A passkey was removed at {store}"),
                format!("a passkey was removed from your account at {store}: {name}. It no longer signs in."),
            ),
            Self::CodesOn => (
                format!("Codes are on at {store}"),
                format!("your account at {store} asks for a code of your app after the password from now on."),
            ),
            Self::CodesOff => (
                format!("Codes are off at {store}"),
                format!("your account at {store} no longer asks for a code after the password."),
            ),
            Self::CodesOffByStore => (
                format!("We turned off your codes at {store}"),
                format!(
                    "somebody wrote to us that the app and the recovery codes of your account at {store} are lost, and \
                     showed us that it is you: the account no longer asks for a code after the password, and is signed \
                     out everywhere. Once you are signed in you can turn codes on again."
                ),
            ),
            Self::RecoveryCodesRenewed => (
                format!("You have new recovery codes at {store}"),
                format!("new recovery codes were made for your account at {store}. Those before work no longer."),
            ),
            Self::RecoveryCodeUsed { left } => (
                format!("A recovery code was used at {store}"),
                format!("somebody signed in to your account at {store} with a recovery code. You have {left} left."),
            ),
        }
    }
}

impl Sender {
    /// The letter of a link. `wish` is what somebody asked for, who may not own the address.
    pub(super) fn link(
        &self,
        to: &Email,
        purpose: LinkPurpose,
        wish: Option<LinkWish>,
        token: &Token,
    ) -> Result<Letter, TextError> {
        let name = &self.store_name;
        let (subject, opening) = match (purpose, wish) {
            (LinkPurpose::Register, Some(LinkWish::Reset)) => (
                format!("You have no account at {name} yet"),
                format!(
                    "somebody, probably you, asked for a new password at {name}. There is no account with this e-mail \
                     address yet. To open one, choose a name and a password here:"
                ),
            ),
            (LinkPurpose::Register, _) => (
                format!("Open your account at {name}"),
                "this link opens your account. Choose a name and a password here:".to_owned(),
            ),
            (LinkPurpose::Reset, Some(LinkWish::Register)) => (
                format!("You have an account at {name}"),
                format!(
                    "somebody, probably you, wanted to open an account at {name}. There is one with this e-mail \
                     address: sign in as before, or choose a new password here:"
                ),
            ),
            (LinkPurpose::Reset, _) => (
                format!("Choose a new password for {name}"),
                "this link lets you choose a new password. You are signed out everywhere when you do:".to_owned(),
            ),
            (LinkPurpose::ChangeEmail, _) => (
                format!("Confirm your new e-mail address at {name}"),
                "this link makes this the e-mail address of your account:".to_owned(),
            ),
        };
        let link = format!("{}/account/link?token={}", self.base_url, token.reveal());
        let life = match purpose.life_hours() {
            1 => "one hour".to_owned(),
            hours => format!("{hours} hours"),
        };
        let text = format!(
            "Good day,\n\n{opening}\n\n{link}\n\nThe link works once, for {life}. If it was not you who asked, do \
             nothing: without the link nothing changes.\n\n{name}\n{}\n",
            self.base_url
        );
        Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
    }

    /// Tells the owner of an account at the old address that it has another one now.
    pub(super) fn email_changed(&self, to: &Email) -> Result<Letter, TextError> {
        let (name, base_url) = (&self.store_name, &self.base_url);
        let text = format!(
            "Good day,\n\nyour account at {name} has another e-mail address now; this one no longer signs in. If it was \
             not you who changed it, please write to us at once.\n\n{name}\n{base_url}\n"
        );
        let subject = format!("Your e-mail address at {name} was changed");
        Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
    }

    /// Tells the owner of an account how it is signed in to from now on.
    pub(super) fn changed(&self, to: &Email, change: &Change) -> Result<Letter, TextError> {
        let (name, base_url) = (&self.store_name, &self.base_url);
        let (subject, happened) = change.words(name);
        let text = format!(
            "Good day,\n\n{happened} If it was not you, choose a new password at {base_url}/account/forgotten, look at \
             {base_url}/account/security, and write to us at once.\n\n{name}\n{base_url}\n"
        );
        Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
    }

    /// Tells somebody that their new e-mail address is another account's already. Nobody else learns it.
    pub(super) fn email_taken(&self, to: &Email) -> Result<Letter, TextError> {
        let (name, base_url) = (&self.store_name, &self.base_url);
        let text = format!(
            "Good day,\n\nsomebody, probably you, wanted to give this e-mail address to an account at {name}. There is \
             another account with it already: sign in there, or choose a new password at {base_url}/account/forgotten. \
             If it was not you, do nothing.\n\n{name}\n{base_url}\n"
        );
        let subject = format!("You have an account at {name}");
        Ok(Letter { to: to.clone(), subject: subject.parse()?, text: text.parse()? })
    }
}

impl SqlAccounts {
    /// Tells the owner of an account of a change. It stands, whether its notice arrives or not; the fault is
    /// logged where it happened.
    pub(super) async fn tell(&self, to: &Email, change: &Change) -> anyhow::Result<()> {
        let letter = self.sender.changed(to, change)?;
        let _ = self.mail.send(&letter).await;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_fits_its_limits_under_the_longest_name() {
        let sender = Sender { store_name: "N".repeat(60), base_url: format!("https://{}.example", "x".repeat(200)) };
        let (to, token) = ("ada@example.com".parse().unwrap(), Token::new([7; 32]));
        for purpose in [LinkPurpose::Register, LinkPurpose::Reset, LinkPurpose::ChangeEmail] {
            for wish in [None, Some(LinkWish::Register), Some(LinkWish::Reset)] {
                let letter = sender.link(&to, purpose, wish, &token).unwrap();
                assert!(letter.text.as_str().contains(&token.reveal()));
                assert!(!format!("{letter:?}").contains(&token.reveal()), "a letter is never printed");
            }
        }
        assert!(sender.email_changed(&to).is_ok() && sender.email_taken(&to).is_ok());
        let longest: PasskeyName = "P".repeat(PasskeyName::MAX_CHARS as usize).parse().unwrap();
        for change in [
            Change::PasskeyAdded(longest.clone()),
            Change::PasskeyRemoved(longest),
            Change::CodesOn,
            Change::CodesOff,
            Change::CodesOffByStore,
            Change::RecoveryCodesRenewed,
            Change::RecoveryCodeUsed { left: 9 },
        ] {
            assert!(sender.changed(&to, &change).is_ok(), "{change:?}");
        }
    }
}
