use std::collections::BTreeMap;

use jiff::Timestamp;
use uuid::Uuid;

use super::Flaw;
use super::goods::{Goods, MAX_LOCATIONS, PlacedUnits, Units, add, subtract};
use super::plan::{Request, Shopper, ShopperId};
use super::process::money;
use super::returns::StoredReturn;
use super::shelves::Shelves;
use crate::inventory::{Movement, reservation_ends_at};
use crate::order::OrderState;
use crate::order::returns::ReturnId;
use crate::payment::gift_card::{GiftCard, GiftCardId, GiftCardParts};
use crate::pricing::Money;

/// What the SQL database keeps: stock, orders and keys. Each method is one transaction.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) flaw: Option<Flaw>,
    pub(super) shelves: Shelves,
    /// What is left on the gift card.
    pub(super) gift_card_minor: i64,
    pub(super) orders: BTreeMap<Request, StoredOrder>,
    pub(super) keys: BTreeMap<ShopperId, Request>,
}

/// An order and its units.
#[derive(Debug)]
pub(super) struct StoredOrder {
    pub(super) state: OrderState,
    pub(super) reserved_at_ms: i64,
    /// The last sign of life of its shopper.
    pub(super) seen_at_ms: i64,
    /// Its units were given back before its payment was settled.
    pub(super) is_given_up: bool,
    pub(super) reserved: Units,
    pub(super) allocated: PlacedUnits,
    pub(super) sent: PlacedUnits,
    pub(super) sent_at_ms: Option<i64>,
    pub(super) returns: Vec<StoredReturn>,
    /// What was left of its money when the last exchange was sent.
    pub(super) open_when_sent_minor: i64,
    /// What the gift card pays of it, however much of that was given back.
    pub(super) on_gift_card: GiftCardParts,
    /// What of that the order has: held, or spent.
    pub(super) from_gift_card_minor: i64,
}

/// What came of reserving.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reserving {
    Reserved,
    Short,
    /// The key bought something already.
    Known(Request),
}

impl StoredOrder {
    /// Whether its key has bought: also an order that was cancelled later is not bought once more.
    pub(super) fn is_bought(&self) -> bool {
        self.state != OrderState::Declined
    }

    /// How long its units stay reserved where its payment is not settled.
    pub(super) fn reserved_until(&self) -> Timestamp {
        let moment = |ms: i64| Timestamp::from_millisecond(ms).unwrap_or_default();
        reservation_ends_at(moment(self.reserved_at_ms), moment(self.seen_at_ms))
    }

    pub(super) fn return_of(&mut self, id: ReturnId) -> Option<&mut StoredReturn> {
        self.returns.iter_mut().find(|stored| stored.found.id == id)
    }

    /// Whether there may be an authorization that the gateway did not let go of, whatever was captured of it.
    pub(super) const fn may_hold_money(&self) -> bool {
        !matches!(self.state, OrderState::Declined | OrderState::Cancelled)
    }
}

impl Store {
    pub(super) fn new(goods: &Goods, gift_card_minor: i64, flaw: Option<Flaw>) -> Self {
        let (shelves, orders, keys) = (Shelves::new(goods, flaw), BTreeMap::new(), BTreeMap::new());
        Self { flaw, shelves, gift_card_minor, orders, keys }
    }

    /// A shopper shows that they wait for an order.
    pub(super) fn see(&mut self, request: Request, now_ms: i64) {
        if let Some(order) = self.orders.get_mut(&request) {
            order.seen_at_ms = now_ms;
        }
    }

    /// What the gift card as it is pays of an order of a shopper.
    fn parts_of(&self, shopper: &Shopper) -> GiftCardParts {
        // A tail that can't be read is no card.
        let tail = "0000".parse().ok().filter(|_| shopper.has_gift_card);
        let balance = money(self.gift_card_minor);
        let card = tail.map(|tail| {
            let id = GiftCardId::new(Uuid::nil());
            GiftCard { id, tail, issued: balance, balance, is_blocked: false }
        });
        GiftCardParts::of(money(shopper.amount_minor()), card.as_slice())
    }

    /// What the card or the invoice is charged for an order of a shopper.
    pub(super) fn charged(&self, request: Request, shopper: &Shopper) -> Money {
        let total = money(shopper.amount_minor());
        self.orders.get(&request).map_or(total, |order| order.on_gift_card.rest_of(total))
    }

    /// Gives the gift card back what an order has of it, or a part of that.
    pub(super) fn give_back_to_gift_card(&mut self, request: Request, amount_minor: i64) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.from_gift_card_minor -= amount_minor;
        self.gift_card_minor += amount_minor;
    }

    fn give_all_back_to_gift_card(&mut self, request: Request) {
        let held = self.orders.get(&request).map(|order| order.from_gift_card_minor);
        self.give_back_to_gift_card(request, held.unwrap_or_default());
    }

    /// Whether there is enough for an order.
    pub(super) fn has(&self, shopper: &Shopper) -> bool {
        self.shelves.has(&self.shelves.taken_by(&shopper.wanted))
    }

    /// All lines or none. What was `checked` before is not checked again, which is a flaw.
    pub(super) fn reserve(&mut self, request: Request, shopper: &Shopper, checked: bool, now_ms: i64) -> Reserving {
        if self.orders.contains_key(&request) {
            return Reserving::Reserved;
        }
        if let Some(known) = self.keys.get(&request.shopper)
            && self.flaw != Some(Flaw::KeyIgnored)
        {
            return Reserving::Known(*known);
        }
        let reserved = self.shelves.taken_by(&shopper.wanted);
        let is_taken = match self.flaw {
            Some(Flaw::PartsNotAddedUp) => self.reserve_line_by_line(&shopper.wanted, &reserved),
            _ => self.shelves.apply(&reserved, Movement::reservation),
        };
        if !is_taken && !checked {
            return Reserving::Short;
        }
        let (allocated, sent) = (PlacedUnits::default(), PlacedUnits::default());
        let state = OrderState::Pending;
        let on_gift_card = self.parts_of(shopper);
        let from_gift_card_minor = on_gift_card.iter().map(|part| part.amount.minor_units()).sum();
        self.gift_card_minor -= from_gift_card_minor;
        let (reserved_at_ms, is_given_up) = (now_ms, false);
        let order = StoredOrder {
            state,
            reserved_at_ms,
            seen_at_ms: now_ms,
            is_given_up,
            reserved,
            allocated,
            sent,
            sent_at_ms: None,
            returns: Vec::new(),
            open_when_sent_minor: 0,
            on_gift_card,
            from_gift_card_minor,
        };
        self.orders.insert(request, order);
        self.keys.insert(request.shopper, request);
        Reserving::Reserved
    }

    /// Looks whether there is enough for each line, and takes all of them.
    fn reserve_line_by_line(&mut self, wanted: &[i64], all: &Units) -> bool {
        let alone = self.shelves.taken_alone(wanted);
        let mut bundled = *all;
        subtract(&mut bundled, &alone);
        let is_there = self.shelves.has(&alone) && self.shelves.has(&bundled);
        if is_there {
            self.shelves.apply(all, Movement::reservation);
        }
        is_there
    }

    pub(super) fn confirm(&mut self, request: Request, wanted: &[i64]) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        let is_repeated = order.state == OrderState::Confirmed;
        if is_repeated && self.flaw != Some(Flaw::AllocatedTwice) {
            return;
        }
        let units = self.shelves.taken_by(wanted);
        if is_repeated {
            self.shelves.apply(&units, Movement::reservation);
        }
        order.state = OrderState::Confirmed;
        let placed = self.shelves.allocate(&units, request.shopper);
        add(order.allocated.as_flattened_mut(), placed.as_flattened());
        order.reserved = Units::default();
    }

    /// Where an order is to be sent from.
    pub(super) fn locations_of(&self, request: Request) -> Vec<usize> {
        let allocated = self.orders.get(&request).map(|order| order.allocated).unwrap_or_default();
        (0..MAX_LOCATIONS).filter(|at| allocated.iter().any(|places| places[*at] > 0)).collect()
    }

    pub(super) fn release(&mut self, request: Request, wanted: &[i64]) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.state = OrderState::Declined;
        if self.flaw != Some(Flaw::CompensationLeftOut) {
            let units = match self.flaw {
                Some(Flaw::PartsKept) if order.reserved != Units::default() => self.shelves.taken_alone(wanted),
                _ => order.reserved,
            };
            self.shelves.apply(&units, Movement::release);
            subtract(&mut order.reserved, &units);
        }
        if self.flaw != Some(Flaw::GiftCardKept) {
            self.give_all_back_to_gift_card(request);
        }
        if self.flaw != Some(Flaw::FailureRemembered) && self.keys.get(&request.shopper) == Some(&request) {
            self.keys.remove(&request.shopper);
        }
    }

    /// Gives the units of a purchase back that was given up.
    pub(super) fn give_up(&mut self, request: Request) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.is_given_up = true;
        self.shelves.apply(&order.reserved, Movement::expiry);
        order.reserved = Units::default();
    }

    pub(super) fn request_cancellation(&mut self, request: Request) {
        if let Some(order) = self.orders.get_mut(&request) {
            order.state = OrderState::Cancelling;
        }
    }

    pub(super) fn cancel(&mut self, request: Request) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.state = OrderState::Cancelled;
        self.shelves.keep(&order.allocated, Movement::cancellation);
        order.allocated = PlacedUnits::default();
        self.give_all_back_to_gift_card(request);
    }

    /// The goods leave.
    pub(super) fn dispatch(&mut self, request: Request, now_ms: i64) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.state = OrderState::Shipped;
        order.sent_at_ms.get_or_insert(now_ms);
        // What was sent already is not there to be sent again.
        let placed = std::mem::take(&mut order.allocated);
        self.shelves.send(&placed);
        add(order.sent.as_flattened_mut(), placed.as_flattened());
    }

    /// All that was charged went back: so do the units.
    pub(super) fn give_back(&mut self, request: Request) {
        let Some(order) = self.orders.get_mut(&request) else { return };
        order.state = OrderState::Refunded;
        if self.flaw != Some(Flaw::UnitsKeptAfterRefund) {
            self.shelves.keep(&order.allocated, Movement::refund);
            order.allocated = PlacedUnits::default();
        }
    }
}
