//! Secrets of accounts: random tokens, and the slow hashes of passwords.

use std::sync::Arc;

use anyhow::{Context, anyhow};
use argon2::password_hash::{PasswordHash, SaltString};
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use domain::account::{Password, Token};
use rand::Rng;
use tokio::sync::Semaphore;

/// Memory of one hash in KiB, and how often it goes over it (OWASP Password Storage Cheat Sheet, Argon2id).
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// Hashes at the same moment: each fills a core, and their memory is bounded with them.
const MAX_PARALLEL_HASHES: usize = 2;
const SALT_BYTES: usize = 16;

/// A new token from the generator that the operating system seeded.
pub(crate) fn new_token() -> Token {
    let mut bytes = [0; 32];
    rand::rng().fill_bytes(&mut bytes);
    Token::new(bytes)
}

/// What is kept of a token. It is random itself, so that a fast hash is enough.
pub(crate) fn token_hash(token: &Token) -> String {
    blake3::derive_key("cartograph 2026 account token", token.bytes()).iter().fold(String::new(), |mut hex, byte| {
        use std::fmt::Write;
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Hashes and verifies passwords, a few at a time and beside the threads that answer requests.
#[derive(Debug, Clone)]
pub(super) struct Hasher {
    turns: Arc<Semaphore>,
    /// What a password is compared with where there is no account, so that it takes as long.
    nobodys: Arc<str>,
}

impl Hasher {
    pub(super) fn new() -> anyhow::Result<Self> {
        let nobodys = hash_now(new_token().reveal().as_bytes())?;
        Ok(Self { turns: Arc::new(Semaphore::new(MAX_PARALLEL_HASHES)), nobodys: nobodys.into() })
    }

    pub(super) async fn hash(&self, password: &Password) -> anyhow::Result<String> {
        let password = password.clone();
        self.run(move || hash_now(password.reveal().as_bytes())).await
    }

    /// Whether a password is the one that was hashed. Without a hash it is not, after the same work.
    pub(super) async fn verify(&self, password: &Password, hash: Option<&str>) -> anyhow::Result<bool> {
        let password = password.clone();
        let (hash, exists) = (hash.unwrap_or(&self.nobodys).to_owned(), hash.is_some());
        let fits = self.run(move || verify_now(password.reveal().as_bytes(), &hash)).await?;
        Ok(fits && exists)
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> anyhow::Result<T> + Send + 'static,
    ) -> anyhow::Result<T> {
        let turn = self.turns.clone().acquire_owned().await.context("waiting to hash")?;
        // The turn ends with the work, also when nobody waits for the answer any more.
        let working = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        working.await.context("hashing")?
    }
}

fn hash_now(password: &[u8]) -> anyhow::Result<String> {
    let mut salt = [0; SALT_BYTES];
    rand::rng().fill_bytes(&mut salt);
    // The crate's error is no `std::error::Error` with its features as they are.
    let salt = SaltString::encode_b64(&salt).map_err(|error| anyhow!("salting a password: {error}"))?;
    let hash = argon2()?.hash_password(password, &salt).map_err(|error| anyhow!("hashing a password: {error}"))?;
    Ok(hash.to_string())
}

fn verify_now(password: &[u8], hash: &str) -> anyhow::Result<bool> {
    let hash = PasswordHash::new(hash).map_err(|error| anyhow!("reading a stored password: {error}"))?;
    match argon2()?.verify_password(password, &hash) {
        Ok(()) => Ok(true),
        Err(argon2::password_hash::Error::Password) => Ok(false),
        Err(error) => Err(anyhow!("verifying a password: {error}")),
    }
}

fn argon2() -> anyhow::Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|error| anyhow!("costs of a hash: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_password_that_was_hashed_fits() {
        let hasher = Hasher::new().unwrap();
        let (mine, other): (Password, Password) = ("correct horse".parse().unwrap(), "battery staple".parse().unwrap());
        let hash = hasher.hash(&mine).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert!(hasher.verify(&mine, Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&other, Some(&hash)).await.unwrap());
        assert!(!hasher.verify(&mine, None).await.unwrap());
        assert_ne!(hash, hasher.hash(&mine).await.unwrap(), "each hash has its own salt");
    }

    #[test]
    fn a_token_is_kept_as_something_else() {
        let (one, other) = (new_token(), new_token());
        assert_ne!(token_hash(&one), token_hash(&other));
        assert_ne!(token_hash(&one), one.reveal());
        assert_eq!(token_hash(&one), token_hash(&one.clone()));
    }
}
