//! The key that an app and the store share.

use anyhow::{Context, anyhow};
use domain::account::{TOTP_SKEW_STEPS, TOTP_STEP_S, TotpCode, TotpSetup};
use domain::checkout::Email;
use jiff::Timestamp;
use qrcode::QrCode;
use qrcode::render::svg;
use rand::Rng;
use totp_rs::{Builder, Secret, Totp};

/// What RFC 4226 recommends (section 4, R6).
const BYTES: usize = 20;
const GROUP_CHARS: usize = 4;
/// Pixels of the picture, which style sheets make smaller where there is no room.
const PICTURE_PX: u32 = 220;

/// A key. It is never printed.
pub(super) struct Key(Secret);

impl Key {
    pub(super) fn random() -> Self {
        let mut bytes = [0; BYTES];
        rand::rng().fill_bytes(&mut bytes);
        Self(Secret::from(bytes))
    }

    /// A key as it is kept.
    pub(super) fn read(text: &str) -> anyhow::Result<Self> {
        // The crate's error may hold what it could not read.
        Secret::try_from_base32(text).map(Self).map_err(|_| anyhow!("a key of an app can't be read"))
    }

    /// As it is kept: in base 32.
    pub(super) fn text(&self) -> String {
        self.0.to_base32()
    }

    /// The step whose code this is, now or a moment ago.
    pub(super) fn step_of(&self, code: &TotpCode) -> anyhow::Result<Option<i64>> {
        let now_s = u64::try_from(Timestamp::now().as_second()).context("a clock before 1970")?;
        self.step_at(code, now_s)
    }

    fn step_at(&self, code: &TotpCode, now_s: u64) -> anyhow::Result<Option<i64>> {
        let totp = self.totp("", "")?;
        Ok(totp.check(code.reveal(), now_s).map(i64::try_from).transpose()?)
    }

    /// What an app needs, as text and as a picture.
    pub(super) fn setup(&self, store_name: &str, email: &Email) -> anyhow::Result<TotpSetup> {
        // A colon parts the two in the address.
        let [issuer, account] = [store_name, email.as_str()].map(|text| text.replace(':', " "));
        let address = self.totp(&issuer, &account)?.to_url().map_err(|_| anyhow!("a key has no address"))?;
        let drawing = QrCode::new(address).context("drawing a key")?;
        let drawn = drawing.render::<svg::Color<'_>>().min_dimensions(PICTURE_PX, PICTURE_PX).build();
        // Within a page it is an element and no document.
        let picture = drawn.find("<svg").and_then(|start| drawn.get(start..)).context("a key was not drawn")?;
        let text = self.text();
        let groups = text.as_bytes().chunks(GROUP_CHARS).map(|group| std::str::from_utf8(group).unwrap_or_default());
        Ok(TotpSetup { key: groups.collect::<Vec<_>>().join(" ").into(), picture: picture.into() })
    }

    fn totp(&self, issuer: &str, account: &str) -> anyhow::Result<Totp> {
        let builder = Builder::new()
            .with_secret(self.0.clone())
            .with_step_duration(TOTP_STEP_S.into())
            .with_skew(TOTP_SKEW_STEPS)
            .with_issuer(Some(issuer).filter(|issuer| !issuer.is_empty()))
            .with_account_name(account);
        // The crate's error may hold what is wrong.
        builder.build().map_err(|_| anyhow!("a key of an app can't be used"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key and the codes of RFC 6238, appendix B, of which six digits are the last six of eight.
    const RFC_KEY: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    #[test]
    fn codes_are_those_of_the_standard() {
        let key = Key::read(RFC_KEY).unwrap();
        for (now_s, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            let code: TotpCode = code.parse().unwrap();
            let step = i64::try_from(now_s / 30).unwrap();
            for slow in [0, 30] {
                assert_eq!(key.step_at(&code, now_s + slow).unwrap(), Some(step), "{now_s} + {slow}");
            }
            assert_eq!(key.step_at(&code, now_s + 61).unwrap(), None);
        }
    }

    #[test]
    fn a_key_reads_back_and_is_shown_to_people_and_cameras() {
        let key = Key::random();
        assert_eq!(Key::read(&key.text()).unwrap().text(), key.text());
        let setup = key.setup("Lamps: & more", &"ada@example.com".parse().unwrap()).unwrap();
        assert_eq!(setup.key.replace(' ', ""), key.text());
        assert_eq!(setup.key.split(' ').map(str::len).collect::<Vec<_>>(), [4; 8]);
        assert!(setup.picture.starts_with("<svg") && setup.picture.ends_with("</svg>"));
        assert!(!format!("{setup:?}").contains(&*setup.key));
        assert!(Key::read("no key 1").is_err());
    }
}
