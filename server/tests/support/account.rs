//! Accounts, as their owners open and use them, and the letters that the store writes.

use std::ffi::OsStr;
use std::fs;

use super::{Browser, Page, Ran, Shop};

pub(crate) const SEND_LINK: &str = "/api/account/links";
pub(crate) const REGISTER: &str = "/api/account/registrations";
pub(crate) const RESET: &str = "/api/account/passwords/resets";
pub(crate) const SIGN_IN: &str = "/api/account/sessions";
pub(crate) const SIGN_OUT: &str = "/api/account/sessions/end";
pub(crate) const END_SESSION: &str = "/api/account/sessions/removals";
pub(crate) const END_OTHERS: &str = "/api/account/sessions/others";
pub(crate) const RENAME: &str = "/api/account/name";
pub(crate) const CHANGE_EMAIL: &str = "/api/account/email";
pub(crate) const CONFIRM_EMAIL: &str = "/api/account/email/confirmations";
pub(crate) const CHANGE_PASSWORD: &str = "/api/account/password";
pub(crate) const DELETE: &str = "/api/account/deletions";
pub(crate) const ADDRESS: &str = "/api/account/addresses";
pub(crate) const REMOVE_ADDRESS: &str = "/api/account/addresses/removals";
pub(crate) const DEFAULT_ADDRESS: &str = "/api/account/addresses/defaults";
pub(crate) const BEGIN_PASSKEY: &str = "/api/account/passkeys/beginnings";
pub(crate) const ADD_PASSKEY: &str = "/api/account/passkeys";
pub(crate) const RENAME_PASSKEY: &str = "/api/account/passkeys/names";
pub(crate) const REMOVE_PASSKEY: &str = "/api/account/passkeys/removals";
pub(crate) const ASK_FOR_PASSKEY: &str = "/api/account/passkeys/questions";
pub(crate) const SHOW_PASSKEY: &str = "/api/account/passkeys/sessions";
pub(crate) const OFFER_PASSKEYS: &str = "/api/account/passkeys/offers";
pub(crate) const BEGIN_CODES: &str = "/api/account/codes/beginnings";
pub(crate) const CODES_ON: &str = "/api/account/codes";
pub(crate) const RENEW_RECOVERY: &str = "/api/account/codes/recoveries";
pub(crate) const CODES_OFF: &str = "/api/account/codes/removals";
pub(crate) const TYPE_CODE: &str = "/api/account/sessions/codes";
pub(crate) const FIND_ACCOUNT: &str = "/api/operator/accounts/searches";
pub(crate) const CODES_OFF_FOR: &str = "/api/operator/accounts/codes/removals";
pub(crate) const CLAIM: &str = "/api/orders/claims";
pub(crate) const BUY_AGAIN: &str = "/api/orders/repurchases";

pub(crate) const PASSWORD: &str = "three plain words";

/// A letter of the store.
#[derive(Debug)]
pub(crate) struct Letter {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) text: String,
}

impl Letter {
    /// The path that its link leads to.
    #[track_caller]
    pub(crate) fn link(&self) -> String {
        self.link_to("/account/link?token=")
    }

    /// The path of its link that begins like this.
    #[track_caller]
    pub(crate) fn link_to(&self, start: &str) -> String {
        let start = self.text.find(start).unwrap_or_else(|| panic!("no link to {start} in {}", self.text));
        self.text[start..].split_whitespace().next().unwrap().to_owned()
    }
}

impl Shop {
    /// The letters that were written to owners of accounts, the oldest first.
    pub(crate) fn letters(&self) -> Vec<Letter> {
        self.letters_named(|name| !is_about_order(name))
    }

    /// The letters that were written about orders, those about the oldest first.
    pub(crate) fn order_letters(&self) -> Vec<Letter> {
        self.letters_named(is_about_order)
    }

    fn letters_named(&self, fits: fn(&str) -> bool) -> Vec<Letter> {
        let Ok(folder) = fs::read_dir(self.data().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = folder.map(|file| file.unwrap().path()).collect();
        files.retain(|file| {
            // Others are not finished.
            file.extension().is_some_and(|kind| kind == "eml") && fits(file.file_name().unwrap().to_str().unwrap())
        });
        files.sort();
        files.iter().map(|file| letter_of(&fs::read_to_string(file).unwrap())).collect()
    }

    /// The last letter that went to an address.
    #[track_caller]
    pub(crate) fn last_letter(&self, to: &str) -> Letter {
        let found = self.letters().into_iter().rfind(|letter| letter.to == to);
        found.unwrap_or_else(|| panic!("no letter to {to} among {:?}", self.letters()))
    }

    /// A browser whose owner has just opened an account.
    pub(crate) async fn member(&self, email: &str, name: &str) -> Browser {
        let mut browser = self.browser();
        browser.register(self, email, name).await.is(200).says(&["Your account is open"]);
        browser
    }

    /// Says on the command line who runs the store.
    pub(crate) async fn operators(&self, arguments: &[&str]) -> Ran {
        let arguments: Vec<&OsStr> = ["operators"].iter().chain(arguments).map(OsStr::new).collect();
        self.run_on_data(&arguments).await
    }

    /// A browser whose owner runs the store and has signed in.
    pub(crate) async fn operator(&self, email: &str) -> Browser {
        let made = self.operators(&["add", email]).await.went_well().stdout;
        let password = made.lines().find_map(|line| line.strip_prefix("Password: ")).unwrap();
        let mut browser = self.browser();
        browser.sign_in(email, password).await.is(200);
        browser
    }
}

/// Whether the name of a file begins with the key of an order, which has no hyphens.
fn is_about_order(name: &str) -> bool {
    name.split('-').next().is_some_and(|first| first.len() == 32)
}

fn letter_of(message: &str) -> Letter {
    let (head, text) = message.split_once("\r\n\r\n").unwrap();
    // A long header goes on in the next line (RFC 5322, section 2.2.3).
    let head = head.replace("\r\n ", " ");
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().to_owned();
    Letter { to: header("To: "), subject: header("Subject: "), text: text.to_owned() }
}

impl Browser {
    /// Asks for a letter on a page: `/account/register` or `/account/forgotten`.
    pub(crate) async fn ask_for_link(&mut self, page: &str, email: &str) -> Page {
        let form = self.open(page).await.form(SEND_LINK);
        self.submit(&form.with("email", email)).await
    }

    /// Opens an account from its first page to its last.
    pub(crate) async fn register(&mut self, shop: &Shop, email: &str, name: &str) -> Page {
        self.ask_for_link("/account/register", email).await.is(200).says(&["Look into your mailbox"]);
        let form = self.open(&shop.last_letter(email).link()).await.form(REGISTER);
        self.submit(&form.with("name", name).with("password", PASSWORD)).await
    }

    pub(crate) async fn sign_in(&mut self, email: &str, password: &str) -> Page {
        let form = self.open("/account/sign-in").await.form(SIGN_IN);
        self.submit(&form.with("email", email).with("password", password)).await
    }

    pub(crate) async fn sign_out(&mut self) -> Page {
        let form = self.open("/account").await.form(SIGN_OUT);
        self.submit(&form).await
    }
}
