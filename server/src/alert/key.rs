use domain::account::{AccountId, Token};
use domain::alert::StopKey;
use domain::checkout::Email;

/// Who asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owner {
    Account(AccountId),
    /// Somebody without an account.
    Email(Email),
}

impl Owner {
    /// What all of their alerts are kept under.
    pub(super) fn hash(&self) -> Token {
        let subject = match self {
            Self::Account(account) => format!("account {account}"),
            Self::Email(email) => format!("email {}", email.key()),
        };
        Token::new(blake3::derive_key("cartograph 2026 alert owner", subject.as_bytes()))
    }
}

/// Makes and checks what the links of letters remove alerts with: a keyed BLAKE3 hash of whose they are.
#[derive(Clone)]
pub(crate) struct AlertKey([u8; 32]);

impl std::fmt::Debug for AlertKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AlertKey(…)")
    }
}

impl AlertKey {
    pub(crate) fn derive(secret: &[u8]) -> Self {
        Self(blake3::derive_key("cartograph 2026 alert removal", secret))
    }

    pub(super) fn stop(&self, owner: Token) -> StopKey {
        let proof = Token::new(*self.proof(&owner).as_bytes());
        StopKey { owner, proof }
    }

    pub(super) fn admits(&self, key: &StopKey) -> bool {
        // BLAKE3's hashes compare in constant time.
        blake3::Hash::from_bytes(*key.proof.bytes()) == self.proof(&key.owner)
    }

    fn proof(&self, owner: &Token) -> blake3::Hash {
        blake3::keyed_hash(&self.0, owner.bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_removes_what_is_its_owners() {
        let key = AlertKey::derive(b"a secret of this store");
        let of = |email: &str| Owner::Email(email.parse().unwrap()).hash();
        assert_eq!(of("Ada@Example.com"), of("ada@example.com"));
        assert_ne!(of("ada@example.com"), of("bob@example.com"));
        let mine = key.stop(of("ada@example.com"));
        assert!(key.admits(&mine) && key.admits(&mine.reveal().parse().unwrap()));
        assert!(!key.admits(&StopKey { owner: of("bob@example.com"), proof: mine.proof.clone() }));
        assert!(!AlertKey::derive(b"another").admits(&mine));
    }
}
