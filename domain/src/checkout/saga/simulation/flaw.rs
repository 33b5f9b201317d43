/// A store that is wrong on purpose: the simulator is worth something only if it finds each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flaw {
    /// A declined order keeps its units.
    CompensationLeftOut,
    /// Stock is checked in one step and taken in the next.
    CheckThenTake,
    /// The key of a declined order is not given back.
    FailureRemembered,
    /// A twin of a request does not look whether its key bought already.
    KeyIgnored,
    /// The gateway is asked without an idempotency key and holds the money at each attempt.
    AuthorizedWithoutKey,
    TimeoutTakenForDecline,
    /// What an event does to the book is done again when the event comes again.
    DuplicateApplied,
    /// Confirming again allocates again.
    AllocatedTwice,
    /// An order is cancelled without asking the gateway to let go of the money.
    VoidLeftOut,
    /// Nobody looks after reservations whose time is over.
    ReservationsKept,
    /// A browser that comes back from a challenge is believed, and the gateway is not asked.
    ReturnBelieved,
    /// An order that was refunded in full keeps its units.
    UnitsKeptAfterRefund,
    /// The gateway is asked to capture or refund without an idempotency key.
    MovedWithoutKey,
    /// Whoever takes a purchase or a movement up after a crash trusts the gateway to know its key still.
    TakenUpWithoutLooking,
    /// What is still held of an order is noted as let go of, and the gateway is not asked to.
    RestHeldAfterRefund,
    /// A declined order keeps what it holds of a gift card.
    GiftCardKept,
    /// All that is refunded goes to the card, also what a gift card paid.
    GiftCardForgottenInRefund,
    /// The parts of a bundle are not released with their order.
    PartsKept,
    /// What an order takes of a SKU alone and in bundles is looked at line by line.
    PartsNotAddedUp,
    /// Everything is sent from the first location, whatever lies there.
    PlaceOverdrawn,
    /// What is not sent after all is free again, but not where it lies.
    PlaceForgotten,
    /// What is kept for an exchange stays kept when its return is refused or withdrawn.
    ExchangeKept,
    /// What was kept for an exchange is given back again whenever somebody looks.
    ExchangeEndedAgain,
    /// Nobody looks after exchanges whose time is over.
    ExchangesNotEnded,
    /// What is exchanged leaves again when that is said again.
    ExchangeSentAgain,
    /// A return brings all of its money although something is sent for it.
    ExchangeRefundedToo,
    /// What is exchanged leaves although its money was given back.
    ExchangeSentUnpaid,
}

impl Flaw {
    pub const ALL: [Self; 27] = [
        Self::CompensationLeftOut,
        Self::CheckThenTake,
        Self::FailureRemembered,
        Self::KeyIgnored,
        Self::AuthorizedWithoutKey,
        Self::TimeoutTakenForDecline,
        Self::DuplicateApplied,
        Self::AllocatedTwice,
        Self::VoidLeftOut,
        Self::ReservationsKept,
        Self::ReturnBelieved,
        Self::UnitsKeptAfterRefund,
        Self::MovedWithoutKey,
        Self::TakenUpWithoutLooking,
        Self::RestHeldAfterRefund,
        Self::GiftCardKept,
        Self::GiftCardForgottenInRefund,
        Self::PartsKept,
        Self::PartsNotAddedUp,
        Self::PlaceOverdrawn,
        Self::PlaceForgotten,
        Self::ExchangeKept,
        Self::ExchangeEndedAgain,
        Self::ExchangesNotEnded,
        Self::ExchangeSentAgain,
        Self::ExchangeRefundedToo,
        Self::ExchangeSentUnpaid,
    ];
}
