use super::LetterKind;
use crate::order::Order;
use crate::payment::MovementId;
use crate::payment::aftermath::{FailedRefund, LateRefundState};

/// The letters that refunds give reason for that did not reach the shopper, written before or not. What was made good
/// is over: nobody is told that they are owed what they have.
pub fn due_of_refunds(refunds: &[FailedRefund]) -> Vec<LetterKind> {
    let owed = refunds.iter().filter(|refund| refund.state.is_owed());
    owed.map(|refund| LetterKind::RefundFailed { id: refund.id }).collect()
}

pub(super) fn not_arrived(order: &Order, refunds: &[FailedRefund], id: MovementId) -> String {
    let found = refunds.iter().find(|refund| refund.id == id);
    let what = found.map_or_else(|| "A refund".to_owned(), |refund| format!("A refund of {}", refund.amount));
    let told = format!("{what} for your order {} did not reach you: your bank gave it back to us.", order.number);
    let becomes = match found.map(|refund| refund.state) {
        Some(LateRefundState::Repeated) => {
            "We have made the refund once more since; your bank may take some days to show it."
        }
        Some(LateRefundState::Settled) => "We have paid it to you in another way since.",
        _ => {
            "It is yours: we make the refund once more, or get in touch with you about another way. There is nothing \
             for you to do."
        }
    };
    [told.as_str(), becomes].join("\n\n")
}
