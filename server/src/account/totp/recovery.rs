//! The rows of recovery codes. Of a code only a hash is kept, which names its account: it is random itself, so that a
//! fast hash is enough.

use anyhow::Context;
use domain::account::{AccountId, RECOVERY_CODES, RecoveryCode};
use rand::Rng;
use sqlx::{AnyConnection, Row};

fn code_hash(account: AccountId, code: &RecoveryCode) -> String {
    let key = blake3::derive_key("cartograph 2026 recovery code", account.to_string().as_bytes());
    blake3::keyed_hash(&key, code.bytes()).to_hex().to_string()
}

fn random_code() -> RecoveryCode {
    let mut bytes = [0; 16];
    rand::rng().fill_bytes(&mut bytes);
    RecoveryCode::new(u128::from_le_bytes(bytes))
}

/// Makes the recovery codes of an account anew; those before are gone.
pub(super) async fn renew(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<Vec<RecoveryCode>> {
    remove(connection, account).await?;
    let codes: Vec<RecoveryCode> = std::iter::repeat_with(random_code).take(RECOVERY_CODES).collect();
    for code in &codes {
        sqlx::query("INSERT INTO account_recovery_codes (account_id, code_hash) VALUES ($1, $2)")
            .bind(account.to_string())
            .bind(code_hash(account, code))
            .execute(&mut *connection)
            .await
            .context("keeping a recovery code")?;
    }
    Ok(codes)
}

/// Uses a code up; `false` where the account has no such code any more.
pub(super) async fn spend(
    connection: &mut AnyConnection,
    account: AccountId,
    code: &RecoveryCode,
) -> anyhow::Result<bool> {
    let spent = sqlx::query("DELETE FROM account_recovery_codes WHERE account_id = $1 AND code_hash = $2")
        .bind(account.to_string())
        .bind(code_hash(account, code))
        .execute(connection)
        .await
        .context("using a recovery code")?;
    Ok(spent.rows_affected() == 1)
}

/// How many codes are left.
pub(super) async fn count(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<u32> {
    let row = sqlx::query("SELECT COUNT(*) AS codes FROM account_recovery_codes WHERE account_id = $1")
        .bind(account.to_string())
        .fetch_one(connection)
        .await
        .context("counting recovery codes")?;
    Ok(u32::try_from(row.try_get::<i64, _>("codes")?)?)
}

pub(super) async fn remove(connection: &mut AnyConnection, account: AccountId) -> anyhow::Result<()> {
    sqlx::query("DELETE FROM account_recovery_codes WHERE account_id = $1")
        .bind(account.to_string())
        .execute(connection)
        .await
        .context("removing recovery codes")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn a_code_is_kept_as_something_else_for_each_account() {
        let (code, other) = (random_code(), random_code());
        let [ada, eve] = [1, 2].map(|key| AccountId::new(Uuid::from_u128(key)));
        assert_eq!(code_hash(ada, &code), code_hash(ada, &code.reveal().parse().unwrap()));
        assert_ne!(code_hash(ada, &code), code_hash(ada, &other));
        assert_ne!(code_hash(ada, &code), code_hash(eve, &code));
    }
}
