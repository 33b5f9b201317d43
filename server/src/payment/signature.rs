//! The signature of a webhook: `t=SECONDS,v1=HEX`, where the second part is the HMAC-SHA256 of
//! `SECONDS.PAYLOAD` under the secret that both sides know
//! (<https://docs.stripe.com/webhooks#verify-manually>).

use domain::payment::webhook::is_recent;
use hmac::{Hmac, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use crate::config::Secret;

pub(super) const SIGNATURE_HEADER: &str = "stripe-signature";

/// Why a message is not believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum SignatureError {
    #[error("the message has no signature that can be read")]
    Unreadable,
    #[error("the signature was not made with this store's secret")]
    Wrong,
    #[error("the message was signed too long ago")]
    Old,
}

pub(super) fn sign(secret: &Secret, at: Timestamp, payload: &[u8]) -> Result<String, SignatureError> {
    let seconds = at.as_second();
    let signature = mac(secret, seconds, payload)?.finalize().into_bytes();
    Ok(format!("t={seconds},v1={signature:x}"))
}

/// A message may carry several signatures while its secret is replaced; one right one is enough.
pub(super) fn verify(secret: &Secret, header: &str, payload: &[u8], now: Timestamp) -> Result<(), SignatureError> {
    let parts = || header.split(',').filter_map(|part| part.trim().split_once('='));
    let seconds = parts().find(|(name, _)| *name == "t").and_then(|(_, seconds)| seconds.parse().ok());
    let seconds: i64 = seconds.ok_or(SignatureError::Unreadable)?;
    let expected = mac(secret, seconds, payload)?;
    let mut signatures = parts().filter(|(name, _)| *name == "v1").filter_map(|(_, hex)| bytes(hex));
    if !signatures.any(|signature| expected.clone().verify_slice(&signature).is_ok()) {
        return Err(SignatureError::Wrong);
    }
    if is_recent(seconds, now) { Ok(()) } else { Err(SignatureError::Old) }
}

fn mac(secret: &Secret, seconds: i64, payload: &[u8]) -> Result<Hmac<Sha256>, SignatureError> {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.reveal().as_bytes()).map_err(|_| SignatureError::Unreadable)?;
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(payload);
    Ok(mac)
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = hex.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::payment::webhook::MAX_SIGNATURE_AGE_SECONDS;

    const PAYLOAD: &[u8] = br#"{"id":"evt_1"}"#;

    fn secret() -> Secret {
        "whsec_test".parse().unwrap()
    }

    fn now() -> Timestamp {
        Timestamp::from_second(1_700_000_000).unwrap()
    }

    #[test]
    fn a_signature_is_what_stripes_library_makes() {
        // Of `stripe.webhooks.generateTestHeaderString` for the same secret, moment and payload.
        let known = "t=1700000000,v1=c89214b5b5da833daed6f0b8c5bb6bd58cea9022bd80ccc78230f3942d632925";
        assert_eq!(sign(&secret(), now(), PAYLOAD).unwrap(), known);
        assert_eq!(verify(&secret(), known, PAYLOAD, now()), Ok(()));
    }

    #[test]
    fn what_was_changed_or_recorded_is_not_believed() {
        let header = sign(&secret(), now(), PAYLOAD).unwrap();
        let several = format!("{},v1={},v0=1", header.replace("v1=", "v1=00,v1="), "ab".repeat(32));
        assert_eq!(verify(&secret(), &several, PAYLOAD, now()), Ok(()));
        let later = |seconds| Timestamp::from_second(now().as_second() + seconds).unwrap();
        assert_eq!(verify(&secret(), &header, PAYLOAD, later(MAX_SIGNATURE_AGE_SECONDS)), Ok(()));
        let old = verify(&secret(), &header, PAYLOAD, later(MAX_SIGNATURE_AGE_SECONDS + 1));
        assert_eq!(old, Err(SignatureError::Old));
        assert_eq!(verify(&secret(), &header, b"{}", now()), Err(SignatureError::Wrong));
        let moved = header.replace("t=1700000000", "t=1700000001");
        assert_eq!(verify(&secret(), &moved, PAYLOAD, now()), Err(SignatureError::Wrong));
        let stranger: Secret = "whsec_other".parse().unwrap();
        assert_eq!(verify(&stranger, &header, PAYLOAD, now()), Err(SignatureError::Wrong));
        for unreadable in ["", "v1=00", "t=soon,v1=00", "nonsense"] {
            assert_eq!(verify(&secret(), unreadable, PAYLOAD, now()), Err(SignatureError::Unreadable), "{unreadable}");
        }
        assert_eq!(verify(&secret(), "t=1700000000,v1=é0", PAYLOAD, now()), Err(SignatureError::Wrong));
    }
}
