//! The keys of posts. An account's id is random and told to nobody, so a key that is made of it tells
//! nothing of it either.

use domain::account::AccountId;
use domain::catalog::ProductId;
use domain::review::PostId;
use uuid::Uuid;

pub(super) fn of_review(product: &ProductId, author: AccountId) -> PostId {
    key(&["review", product.as_str(), &author.to_string()])
}

/// The same question, posted twice, is one.
pub(super) fn of_question(product: &ProductId, author: AccountId, text: &str) -> PostId {
    key(&["question", product.as_str(), &author.to_string(), text])
}

pub(super) fn of_answer(question: PostId, author: AccountId) -> PostId {
    key(&["answer", &question.to_string(), &author.to_string()])
}

/// Of the demo store's reviews of a product, by their number.
pub(super) fn of_demo(product: &ProductId, number: usize) -> PostId {
    key(&["demo", product.as_str(), &number.to_string()])
}

fn key(parts: &[&str]) -> PostId {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        // The length keeps parts apart, whatever is in them.
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part.as_bytes());
    }
    let mut bytes = [0; 16];
    hasher.finalize_xof().fill(&mut bytes);
    PostId::new(Uuid::from_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_customer_has_one_review_of_a_product() {
        let (ada, eve) = (AccountId::new(Uuid::from_u128(1)), AccountId::new(Uuid::from_u128(2)));
        let product = |id: &str| id.parse::<ProductId>().unwrap();
        assert_eq!(of_review(&product("lamp"), ada), of_review(&product("lamp"), ada));
        let question = of_question(&product("lamp"), ada, "Is it warm?");
        let keys = [
            of_review(&product("lamp"), ada),
            of_review(&product("lamp"), eve),
            of_review(&product("stool"), ada),
            question,
            of_question(&product("lamp"), ada, "Is it cold?"),
            of_answer(question, ada),
            of_answer(question, eve),
            of_demo(&product("lamp"), 0),
        ];
        let different: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(different.len(), keys.len());
    }
}
