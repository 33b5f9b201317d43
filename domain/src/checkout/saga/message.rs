//! What the saga is told and what it asks for.

use serde::{Deserialize, Serialize};

use crate::catalog::Sku;
use crate::checkout::AddressVersion;
use crate::inventory::{AvailableUnits, PurchaseLimit};
use crate::payment::{AuthorizationId, Challenge, DeclineReason, Movement, Tally};

/// Fewer units of a SKU than were asked for: of those that there are, or that the customer may buy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortage {
    pub sku: Sku,
    pub available: AvailableUnits,
    /// The limit that the customer would be over.
    #[serde(default)]
    pub limit: Option<PurchaseLimit>,
}

/// What the outside world told the saga.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    Begun,
    /// The order stands as `pending`, with all its stock reserved.
    Reserved,
    /// Nothing was reserved and no order stands.
    Short {
        shortages: Vec<Shortage>,
    },
    Authorized {
        authorization: AuthorizationId,
    },
    /// The shopper has to confirm the payment with their bank before a moment.
    Challenged {
        challenge: Challenge,
        until: jiff::Timestamp,
    },
    /// The moment has passed and the shopper had not confirmed it.
    ChallengeExpired,
    Declined {
        reason: DeclineReason,
    },
    /// The gateway did not answer: whether it holds the money is unknown.
    Unanswered,
    /// The gateway was asked and never heard of the order.
    NeverHeard,
    Confirmed,
    Released,
    /// Money is to be captured or refunded; its amount was checked against the total before.
    MovementRequested {
        movement: Movement,
    },
    Moved {
        movement: Movement,
    },
    /// The gateway can't move it, however often it is asked.
    MovementRefused {
        movement: Movement,
    },
    /// Something of what was captured was given back in the gateway's own pages; its amount was checked before.
    RefundedElsewhere {
        movement: Movement,
    },
    /// The order goes elsewhere: its address is stored with this, and is now of this version.
    AddressChanged {
        version: AddressVersion,
    },
    /// The goods are to be sent; what is still held for them is captured first, if anything is.
    DispatchRequested {
        capture: Option<Movement>,
    },
    /// The goods have left.
    Dispatched,
    /// All that was charged went back before the goods were sent: the order is closed.
    GivenBack,
    /// The shopper does not want a confirmed order any more.
    CancellationRequested,
    /// The gateway holds no money for the order any more.
    Voided,
    Cancelled,
    /// An operator looked at what was set aside, and the gateway is asked again.
    Resumed,
    /// The payment is not settled in time, or an operator undoes the purchase: its units are given back with
    /// this, and whatever the gateway turns out to hold is let go of.
    GivenUp,
    /// An operator has seen to it that the gateway holds no money for what was set aside, or moved none: it is
    /// not asked any more.
    SettledByHand,
}

/// What the server does next. Each is idempotent under the order's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// One transaction: the order as `pending`, all reservations, uses of promotions and parts of gift cards or
    /// none, the key, the outbox.
    Reserve,
    Authorize,
    /// Ask the gateway what became of the authorization, after a pause.
    AskGateway {
        pause_ms: u64,
    },
    /// Leave the saga until the shopper or the gateway comes back, or the moment has passed; then ask the
    /// gateway what became of the challenge.
    AwaitShopper {
        challenge: Challenge,
        until: jiff::Timestamp,
    },
    /// One transaction: the order `confirmed`, reservations to allocations, promotions redeemed, the
    /// hold in the ledger, the outbox.
    Confirm {
        authorization: AuthorizationId,
    },
    /// One transaction: the order `declined`, reservations, promotions and gift cards released, the key given back,
    /// the outbox. The ledger knows of the gift cards alone: no other money was held.
    Release,
    /// After a pause, ask the gateway to let go of the money that it holds, or of a challenge.
    Void {
        authorization: AuthorizationId,
        pause_ms: u64,
    },
    /// After a pause, ask the gateway to capture or refund what gift cards don't pay of it, and note all of it in one
    /// transaction with the order's amounts, the gift cards, the ledger and the outbox.
    Move {
        authorization: AuthorizationId,
        movement: Movement,
        /// It may have been asked for before, when so much had moved: the gateway is asked first what came of it.
        resumes: Option<Tally>,
        pause_ms: u64,
    },
    /// One transaction: the order `shipped`, its units off the shelf, the outbox.
    Dispatch,
    /// One transaction: the order `refunded`, allocations and promotions given back, the outbox. The ledger knows of
    /// its refunds already.
    GiveBack,
    /// One transaction: the order `cancelled`, allocations, promotions and gift cards given back, the hold voided in
    /// the ledger, the outbox.
    Cancel,
    /// The gateway never answered: leave the order as it stands and tell an operator.
    SetAside,
}

/// How a purchase ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    Short {
        shortages: Vec<Shortage>,
    },
    Declined {
        reason: DeclineReason,
    },
    Cancelled,
    /// All that was charged went back before anything was sent.
    Refunded,
}
