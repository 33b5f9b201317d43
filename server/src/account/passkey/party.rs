//! What browsers are asked of a passkey, and whether what they say is true: the relying party of Web Authentication.

use std::time::Duration;

use anyhow::Context;
use domain::account::{Account, CEREMONY_S, Ceremony, PasskeyAnswer, PasskeyName};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;
use uuid::Uuid;
use webauthn_rs::prelude::{
    AuthenticationResult, CredentialID, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Webauthn, WebauthnBuilder,
};

/// Names of the store's own machine, where browsers ask for no certificate.
const OWN_MACHINE: &str = "localhost";

/// The store as browsers know it.
#[derive(Debug, Clone)]
pub(super) struct Party(Webauthn);

/// A ceremony with what proves its answer.
pub(super) struct Begun {
    pub(super) ceremony: Ceremony,
    pub(super) state: String,
}

/// A passkey that somebody says is theirs.
pub(super) struct Claim {
    credential: PublicKeyCredential,
    /// The account that the passkey was made for.
    pub(super) user: Uuid,
}

impl Party {
    /// The party of a store; `None` at an address where browsers take no passkeys: one of numbers, or one in the
    /// clear on another machine.
    pub(super) fn of(base_url: &str, store_name: &str) -> Option<Self> {
        let origin = Url::parse(base_url).ok()?;
        let host = origin.domain()?.to_owned();
        let is_own_machine = host == OWN_MACHINE || host.ends_with(".localhost");
        if origin.scheme() != "https" && !is_own_machine {
            return None;
        }
        let life = Duration::from_secs(CEREMONY_S.unsigned_abs());
        let builder = WebauthnBuilder::new(&host, &origin).ok()?.rp_name(store_name).timeout(life);
        builder.build().ok().map(Self)
    }

    /// Asks for a new passkey, on a device that has none of those that are known.
    pub(super) fn begin(
        &self,
        account: &Account,
        name: &PasskeyName,
        known: Vec<CredentialID>,
    ) -> anyhow::Result<Begun> {
        let (user, email) = (user_of(account)?, account.email.as_str());
        let begun = self.0.start_passkey_registration(user, email, account.name.as_str(), Some(known));
        let (challenge, state) = begun.context("asking for a passkey")?;
        let mut options = options_of(&challenge)?;
        // A passkey that the device does not find by itself could not sign in without an e-mail address.
        let selection = options.get_mut("authenticatorSelection").and_then(Value::as_object_mut);
        let selection = selection.context("a passkey is asked for without saying which")?;
        selection.insert("residentKey".to_owned(), "required".into());
        selection.insert("requireResidentKey".to_owned(), true.into());
        begun_of(Some(name.clone()), &options, &state)
    }

    /// The passkey that a browser made; `None` where it did not make it as it was asked.
    pub(super) fn finish(&self, state: &str, answer: &PasskeyAnswer) -> anyhow::Result<Option<Passkey>> {
        let state: PasskeyRegistration = read(state)?;
        let Ok(made) = serde_json::from_str::<RegisterPublicKeyCredential>(answer.as_str()) else { return Ok(None) };
        Ok(self.0.finish_passkey_registration(&made, &state).ok())
    }

    /// Asks for any passkey of this store.
    pub(super) fn begin_sign_in(&self) -> anyhow::Result<Begun> {
        let (challenge, state) = self.0.start_discoverable_authentication().context("asking who signs in")?;
        let mut options = options_of(&challenge)?;
        if let Some(options) = options.as_object_mut() {
            // Browsers know none of them.
            options.remove("extensions");
        }
        begun_of(None, &options, &state)
    }

    /// Whose passkey a browser says that it has, before anything is proved.
    pub(super) fn identify(&self, answer: &PasskeyAnswer) -> Option<Claim> {
        let credential: PublicKeyCredential = serde_json::from_str(answer.as_str()).ok()?;
        let (user, _) = self.0.identify_discoverable_authentication(&credential).ok()?;
        Some(Claim { credential, user })
    }

    /// Proves a claim with the passkey that is known, and notes how often it was used and whether it is backed up;
    /// `false` where it proves nothing.
    pub(super) fn prove(&self, state: &str, claim: &Claim, known: &mut Passkey) -> anyhow::Result<bool> {
        let state: DiscoverableAuthentication = read(state)?;
        // The counter is looked at as well: a copy of a key that counts comes too late.
        let proved = self.0.finish_discoverable_authentication_v2(&claim.credential, state, &*known);
        let Some(proved) = proved.ok().filter(AuthenticationResult::user_verified) else { return Ok(false) };
        Ok(known.update_credential(&proved).is_some())
    }
}

impl Claim {
    pub(super) fn credential_id(&self) -> &[u8] {
        self.credential.get_credential_id()
    }
}

/// What a passkey calls its account: the account's key, which says nothing of its owner.
pub(super) fn user_of(account: &Account) -> anyhow::Result<Uuid> {
    account.id.to_string().parse().context("reading the key of an account")
}

/// The options alone: how the browser shows its question is the page's to say.
fn options_of(challenge: &impl Serialize) -> anyhow::Result<Value> {
    let mut challenge = serde_json::to_value(challenge)?;
    challenge.get_mut("publicKey").map(Value::take).context("a browser is asked nothing")
}

fn begun_of(name: Option<PasskeyName>, options: &Value, state: &impl Serialize) -> anyhow::Result<Begun> {
    let ceremony = Ceremony { name, options: options.to_string().into() };
    Ok(Begun { ceremony, state: serde_json::to_string(state)? })
}

fn read<T: DeserializeOwned>(state: &str) -> anyhow::Result<T> {
    serde_json::from_str(state).context("reading what a browser was asked")
}

#[cfg(test)]
mod tests {
    use domain::account::{AccountId, Role};
    use domain::cart::CartId;

    use super::*;

    fn ada() -> Account {
        Account {
            id: AccountId::new(Uuid::from_u128(7)),
            email: "ada@example.com".parse().unwrap(),
            name: "Ada Lovelace".parse().unwrap(),
            role: Role::Customer,
            cart: CartId::new(Uuid::nil()),
            opened_at: "2026-11-25T12:00:00Z".parse().unwrap(),
        }
    }

    #[test]
    fn passkeys_are_taken_where_browsers_take_them() {
        let offers = |base_url: &str| Party::of(base_url, "Cartograph").is_some();
        for good in ["https://shop.example", "https://shop.example:8443", "http://localhost:3000"] {
            assert!(offers(good), "{good}");
        }
        for bad in ["http://shop.example", "http://127.0.0.1:3000", "https://192.0.2.7", "http://[::1]:3000", ""] {
            assert!(!offers(bad), "{bad}");
        }
    }

    #[test]
    fn a_browser_is_asked_for_keys_that_it_finds_and_whose_owner_it_checks() {
        let party = Party::of("https://shop.example", "Lamps & more").unwrap();
        let begun = party.begin(&ada(), &"My phone".parse().unwrap(), vec![vec![1, 2, 3]]).unwrap();
        let options: Value = serde_json::from_str(&begun.ceremony.options).unwrap();
        assert_eq!(options["rp"], serde_json::json!({ "id": "shop.example", "name": "Lamps & more" }));
        assert_eq!(options["authenticatorSelection"]["residentKey"], "required");
        assert_eq!(options["authenticatorSelection"]["userVerification"], "required");
        assert_eq!(options["excludeCredentials"][0]["id"], "AQID");
        assert_eq!(options["timeout"], CEREMONY_S * 1000);
        assert!(read::<PasskeyRegistration>(&begun.state).is_ok());

        let begun = party.begin_sign_in().unwrap();
        let options: Value = serde_json::from_str(&begun.ceremony.options).unwrap();
        assert_eq!(options["rpId"], "shop.example");
        assert_eq!(options["userVerification"], "required");
        assert_eq!((options["allowCredentials"].as_array().map(Vec::len), options.get("extensions")), (Some(0), None));
        assert!(read::<DiscoverableAuthentication>(&begun.state).is_ok());
    }

    /// What Chromium's own pretended device said at `http://localhost:33297` when it was asked this.
    const CHALLENGE: &str = "AQIDBAUGBwgJCgsMDQ4PEA";
    const MADE: &str = r#"{"authenticatorAttachment":"platform","clientExtensionResults":{"credProps":{"rk":true}},"id":"6quPc_cDxLCRvl6HxajU5Fu6KLchl-tPvBPICijhoZM","rawId":"6quPc_cDxLCRvl6HxajU5Fu6KLchl-tPvBPICijhoZM","response":{"attestationObject":"o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YVikSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIOqrj3P3A8Swkb5eh8Wo1ORbuii3IZfrT7wTyAoo4aGTpQECAyYgASFYII9_SnqQ1X-nAGTbpAPNhRgSyPhOUwetaqIDxywxLNReIlggdSY_wj9tuzqwwyM8TzXGvkAGqPMmiNnKCIJsqL5IUHU","authenticatorData":"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAQECAwQFBgcIAQIDBAUGBwgAIOqrj3P3A8Swkb5eh8Wo1ORbuii3IZfrT7wTyAoo4aGTpQECAyYgASFYII9_SnqQ1X-nAGTbpAPNhRgSyPhOUwetaqIDxywxLNReIlggdSY_wj9tuzqwwyM8TzXGvkAGqPMmiNnKCIJsqL5IUHU","clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiQVFJREJBVUdCd2dKQ2dzTURRNFBFQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzMyOTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9","publicKey":"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEj39KepDVf6cAZNukA82FGBLI-E5TB61qogPHLDEs1F51Jj_CP227OrDDIzxPNca-QAao8yaI2coIgmyovkhQdQ","publicKeyAlgorithm":-7,"transports":["internal"]},"type":"public-key"}"#;
    const SHOWN: &str = r#"{"authenticatorAttachment":"platform","clientExtensionResults":{},"id":"6quPc_cDxLCRvl6HxajU5Fu6KLchl-tPvBPICijhoZM","rawId":"6quPc_cDxLCRvl6HxajU5Fu6KLchl-tPvBPICijhoZM","response":{"authenticatorData":"SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAg","clientDataJSON":"eyJ0eXBlIjoid2ViYXV0aG4uZ2V0IiwiY2hhbGxlbmdlIjoiQVFJREJBVUdCd2dKQ2dzTURRNFBFQSIsIm9yaWdpbiI6Imh0dHA6Ly9sb2NhbGhvc3Q6MzMyOTciLCJjcm9zc09yaWdpbiI6ZmFsc2V9","signature":"MEUCIQDYDdJRjJ-RdGL6AK4kgEThyFr0APIUGdvCDLSZMhQ5KgIgRNQE64EIk4asy8USIjPxJ6wCWbEz5JBYpnrg32oMuzQ","userHandle":"AAAAAAAAAAAAAAAAAAAAAA"},"type":"public-key"}"#;

    /// A state that asks what was asked then.
    fn asked_then(state: &str, library: &str) -> String {
        let mut state: Value = serde_json::from_str(state).unwrap();
        *state.pointer_mut(&format!("/{library}/challenge")).unwrap() = CHALLENGE.into();
        state.to_string()
    }

    #[test]
    fn a_passkey_of_a_browser_is_added_and_shown_once_where_it_was_made() {
        let party = Party::of("http://localhost:33297", "Cartograph").unwrap();
        let elsewhere = Party::of("http://localhost:33298", "Cartograph").unwrap();
        let begun = party.begin(&ada(), &"My phone".parse().unwrap(), Vec::new()).unwrap();
        let made: PasskeyAnswer = MADE.parse().unwrap();
        assert!(party.finish(&begun.state, &made).unwrap().is_none(), "an answer to another question");
        let state = asked_then(&begun.state, "rs");
        assert!(elsewhere.finish(&state, &made).unwrap().is_none(), "an answer to another store");
        let mut known = party.finish(&state, &made).unwrap().unwrap();

        let shown = party.identify(&SHOWN.parse().unwrap()).unwrap();
        assert_eq!((shown.user, shown.credential_id()), (Uuid::nil(), known.cred_id().as_slice()));
        let begun = party.begin_sign_in().unwrap();
        let state = asked_then(&begun.state, "ast");
        let forged = SHOWN.replace("RNQE64", "RNQE65").parse().unwrap();
        assert!(!party.prove(&begun.state, &shown, &mut known).unwrap(), "an answer to another question");
        assert!(!elsewhere.prove(&state, &shown, &mut known).unwrap(), "an answer to another store");
        assert!(!party.prove(&state, &party.identify(&forged).unwrap(), &mut known).unwrap(), "a forged signature");
        assert!(party.prove(&state, &shown, &mut known).unwrap());
        let mut kept: Passkey = serde_json::from_str(&serde_json::to_string(&known).unwrap()).unwrap();
        assert!(!party.prove(&state, &shown, &mut kept).unwrap(), "the counter went on");
    }

    #[test]
    fn what_is_no_passkey_is_refused() {
        let party = Party::of("https://shop.example", "Cartograph").unwrap();
        let begun = party.begin(&ada(), &"My phone".parse().unwrap(), Vec::new()).unwrap();
        for answer in ["{}", "[]", "nonsense", "{\"id\":\"AQID\",\"rawId\":\"AQID\",\"type\":\"public-key\"}"] {
            let answer: PasskeyAnswer = answer.parse().unwrap();
            assert!(party.finish(&begun.state, &answer).unwrap().is_none());
            assert!(party.identify(&answer).is_none());
        }
    }
}
