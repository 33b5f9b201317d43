use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::order::{OrderAccess, OrderNumber};

/// Makes and checks the access that an order's address carries: a keyed BLAKE3 hash of its number.
#[derive(Clone)]
pub(crate) struct AccessKey([u8; 32]);

impl std::fmt::Debug for AccessKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AccessKey(…)")
    }
}

impl AccessKey {
    pub(crate) fn derive(secret: &[u8]) -> Self {
        Self(blake3::derive_key("cartograph 2026 order access", secret))
    }

    pub(crate) fn access(&self, number: OrderNumber) -> anyhow::Result<OrderAccess> {
        Ok(URL_SAFE_NO_PAD.encode(self.hash(number).as_bytes()).parse()?)
    }

    pub(crate) fn admits(&self, number: OrderNumber, access: &OrderAccess) -> bool {
        let decoded = URL_SAFE_NO_PAD.decode(access.as_str()).unwrap_or_default();
        // BLAKE3's hashes compare in constant time.
        <[u8; 32]>::try_from(decoded).is_ok_and(|bytes| blake3::Hash::from_bytes(bytes) == self.hash(number))
    }

    fn hash(&self, number: OrderNumber) -> blake3::Hash {
        blake3::keyed_hash(&self.0, number.to_string().as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn access_opens_one_order_only() {
        let key = AccessKey::derive(b"a secret of this store");
        let (mine, other) = ("CG-7K4M2-P9QX1".parse().unwrap(), "CG-7K4M2-P9QX2".parse().unwrap());
        let access = key.access(mine).unwrap();
        assert!(key.admits(mine, &access));
        assert!(!key.admits(other, &access));
        assert!(!AccessKey::derive(b"another").admits(mine, &access));
        assert!(!key.admits(mine, &"guess".parse().unwrap()));
    }
}
