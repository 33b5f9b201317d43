//! An app that shows codes, and a shopper who has one.

use std::time::{SystemTime, UNIX_EPOCH};

use totp_rs::{Builder, Secret, Totp};

use super::account::{BEGIN_CODES, CODES_ON, PASSWORD};
use super::{Browser, Page};

const STEP_S: u64 = 30;

/// An app with the key of an account.
#[derive(Debug, Clone)]
pub(crate) struct App {
    pub(crate) key: String,
    totp: Totp,
}

impl App {
    /// Takes the key over from the page that shows it.
    #[track_caller]
    pub(crate) fn with_key_on(page: &Page) -> Self {
        let key = content_of(page, "totp__key").remove(0).replace(' ', "");
        let builder = Builder::new().with_secret(Secret::try_from_base32(&key).unwrap());
        Self { key, totp: builder.build().unwrap() }
    }

    /// The code that it shows now.
    pub(crate) fn now(&self) -> String {
        self.ahead(0)
    }

    /// The code that it will show some steps later: one step is forgiven.
    pub(crate) fn ahead(&self, steps: u64) -> String {
        let now_s = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        self.totp.generate(now_s + steps * STEP_S).to_string()
    }
}

/// What stands in the elements whose class is this, or in the codes of the list with this class.
#[track_caller]
fn content_of(page: &Page, class: &str) -> Vec<String> {
    let start = page.html.find(class).unwrap_or_else(|| panic!("{} has no {class}: {}", page.path, page.text()));
    let element = page.html[start..].replace("<!>", "");
    let end = element.find("</ul>").unwrap_or(element.len());
    let ends = element[..end].match_indices("</code>");
    ends.map(|(end, _)| {
        let before = &element[..end];
        before[before.rfind('>').unwrap() + 1..].to_owned()
    })
    .collect()
}

/// The recovery codes that a page shows.
#[track_caller]
pub(crate) fn recovery_codes(page: &Page) -> Vec<String> {
    content_of(page, "totp__recovery")
}

impl Browser {
    /// Turns codes on; answers the app, and the page with the recovery codes.
    pub(crate) async fn turn_codes_on(&mut self) -> (App, Page) {
        let form = self.open("/account/security").await.form(BEGIN_CODES);
        let page = self.submit(&form.with("codes_password", PASSWORD)).await;
        page.is(200).says(&["Scan this picture"]);
        let app = App::with_key_on(&page);
        let page = self.submit(&page.form(CODES_ON).with("code", &app.now())).await;
        page.is(200).says(&["Codes are on."]);
        (app, page)
    }
}
