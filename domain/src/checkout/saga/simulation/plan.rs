use std::fmt;

use super::aftermath::PAST_EXCHANGES_MS;
use super::chance::Chance;
use super::goods::{Goods, MOST_SKUS};
use crate::inventory::RESERVATION_LIFE_MS;

const MAX_STOCK_UNITS: u8 = 7;
const MAX_LINE_UNITS: u8 = 3;
const MAX_SHOPPERS: u8 = 5;
const MAX_TWINS: u8 = 3;
/// More than some orders cost, and less than others: one card that several shoppers have the code of.
const MAX_GIFT_CARD_MINOR: u8 = 24;
const GIFT_CARD_PERCENT: u8 = 25;
const BUNDLE_PERCENT: u8 = 25;
const MIN_TURNS: u8 = 10;
const MORE_TURNS: u8 = 240;
const LATE_TURNS: u8 = 80;
const MIN_AFTERMATH_TURNS: u8 = 50;
const MORE_AFTERMATH_TURNS: u8 = 120;
const GOOD_CARDS_PERCENT: u8 = 55;
const BAD_CARDS_PERCENT: u8 = 20;
/// Up to this much goes wrong; each seed has weather of its own.
const WORST_WEATHER_PERCENT: u8 = 50;
/// How long the gateway knows a key. What it did it knows for ever.
pub(super) const KEY_LIFE_MS: i64 = 24 * 60 * 60 * 1_000;
/// From the shortest pause to more than the longest one, than a reservation lasts and than a key is known, and back.
const CLOCK_JUMPS_MS: [i64; 9] =
    [50, 200, 1_000, 30_000, 90_000, RESERVATION_LIFE_MS + 1, KEY_LIFE_MS, -1_000, -3_600_000];

/// After a rush, days pass: from a moment to longer than an exchange is kept, and back.
const LONG_JUMPS_MS: [i64; 6] = [1_000, 90_000, KEY_LIFE_MS, 3 * KEY_LIFE_MS, PAST_EXCHANGES_MS, -3_600_000];
const EXCHANGE_PERCENT: u8 = 85;

/// All that chance decides in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    pub(super) goods: Goods,
    /// What the gift card was issued over.
    pub(super) gift_card_minor: i64,
    pub(super) shoppers: Vec<Shopper>,
    pub(super) turns: Vec<Turn>,
}

/// A shopper has one cart and one idempotency key, and may send the order several times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct ShopperId(pub(super) u8);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shopper {
    pub(super) id: ShopperId,
    /// Units wanted, one entry for each SKU and then for each bundle.
    pub(super) wanted: Vec<i64>,
    pub(super) card: Card,
    /// Lets the gift card pay as much as is on it.
    pub(super) has_gift_card: bool,
    pub(super) twins: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Card {
    Good,
    Bad,
    /// Its bank wants each payment confirmed by the shopper.
    Challenging,
}

/// One posting of the order. Each has an order id of its own, which it stands for here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Request {
    pub(super) shopper: ShopperId,
    pub(super) twin: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// The process behind a request carries out the next command of its saga.
    Work {
        request: Request,
        weather: Weather,
    },
    /// Something on its way arrives, in any order, and perhaps not for the last time.
    Deliver {
        pick: u8,
        comes_again: bool,
    },
    Clock {
        jump_ms: i64,
    },
    /// The shopper asks to cancel the order of a request, whether or not there is one.
    Cancel {
        request: Request,
    },
    /// An operator captures or refunds a few quarters of what an order costs, as far as that is there, lets go of
    /// the rest, or sends it.
    Move {
        request: Option<Request>,
        quarters: u8,
        purpose: Purpose,
    },
    /// Something happens to one of the orders that stand, whichever they are.
    After {
        pick: u8,
        deed: Deed,
        weather: Weather,
    },
    /// The shopper looks whether the order of a request is paid, whether or not there is one.
    Wait {
        request: Request,
    },
    /// The shopper answers the challenge of a request at the bank, whether or not there is one.
    Answer {
        request: Request,
        confirms: bool,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Purpose {
    CapturePart,
    CaptureLast,
    Refund,
    /// In the gateway's own pages, so that the store hears of it when it is done.
    RefundElsewhere,
    Release,
    Send,
}

/// What happens to an order that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    /// The process behind it goes on.
    Work,
    /// An operator sends it.
    Send,
    /// An operator gives a few quarters of what it costs back.
    Refund { quarters: u8 },
    /// The shopper wants to send units of a line back, for money or for something else.
    Ask { line: u8, units: u8, instead: Option<u8> },
    /// The shopper keeps what was to come back.
    Withdraw,
    /// An operator does not take it back.
    Refuse,
    /// It is there.
    Receive { to_shelf: bool, for_money: bool },
    /// What was wanted instead is sent.
    SendExchange,
}

/// What befalls one command.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Weather {
    pub(super) crash: Option<Crash>,
    pub(super) question: Passage,
    pub(super) answer: Passage,
    /// The event that was stored is delivered once more later.
    pub(super) echo: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Crash {
    BeforeEffect,
    BeforeLogging,
    AfterLogging,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Passage {
    #[default]
    Prompt,
    Late,
    Lost,
}

impl Plan {
    pub fn from_seed(seed: u64) -> Self {
        let mut chance = Chance::new(seed);
        let skus = 1 + chance.below(MOST_SKUS);
        let stock: Vec<i64> = (0..skus).map(|_| i64::from(chance.below(MAX_STOCK_UNITS + 1))).collect();
        let mut shoppers: Vec<Shopper> =
            (0..=chance.below(MAX_SHOPPERS)).map(|id| Shopper::by_chance(ShopperId(id), skus, &mut chance)).collect();
        let requests: Vec<Request> = shoppers.iter().flat_map(Shopper::requests).collect();
        let percent = chance.below(WORST_WEATHER_PERCENT + 1);
        let turns = MIN_TURNS + chance.below(MORE_TURNS);
        let mut turns: Vec<Turn> =
            (0..turns).filter_map(|_| Turn::by_chance(&requests, percent, &mut chance)).collect();
        let gift_card_minor = i64::from(chance.below(MAX_GIFT_CARD_MINOR + 1));
        for shopper in &mut shoppers {
            shopper.has_gift_card = chance.percent(GIFT_CARD_PERCENT);
        }
        let late = chance.below(LATE_TURNS);
        turns.extend((0..late).filter_map(|_| Turn::late(&requests, percent, &mut chance)));
        let goods = Goods::by_chance(&stock, &mut chance);
        for shopper in &mut shoppers {
            shopper.wanted.extend(goods.bundles.iter().map(|_| i64::from(chance.percent(BUNDLE_PERCENT))));
        }
        let aftermath = MIN_AFTERMATH_TURNS + chance.below(MORE_AFTERMATH_TURNS);
        turns.extend((0..aftermath).filter_map(|_| Turn::afterwards(&requests, percent, &mut chance)));
        Self { goods, gift_card_minor, shoppers, turns }
    }
}

impl Shopper {
    fn by_chance(id: ShopperId, skus: u8, chance: &mut Chance) -> Self {
        let mut wanted: Vec<i64> = (0..skus).map(|_| if chance.percent(60) { units(chance) } else { 0 }).collect();
        if wanted.iter().all(|units| *units == 0) {
            wanted[0] = units(chance);
        }
        let (card, twins) = (Card::by_chance(chance), 1 + chance.below(MAX_TWINS));
        Self { id, wanted, card, has_gift_card: false, twins }
    }

    /// What the order costs: each SKU and bundle has a price of its own, so that no two lines are mixed up.
    pub(super) fn amount_minor(&self) -> i64 {
        (1..).zip(&self.wanted).map(|(price_minor, units): (i64, &i64)| price_minor * units).sum()
    }

    pub(super) fn requests(&self) -> impl Iterator<Item = Request> + use<> {
        let shopper = self.id;
        (0..self.twins).map(move |twin| Request { shopper, twin })
    }
}

impl Card {
    const fn by_chance(chance: &mut Chance) -> Self {
        match chance.below(100) {
            0..GOOD_CARDS_PERCENT => Self::Good,
            draw if draw < GOOD_CARDS_PERCENT + BAD_CARDS_PERCENT => Self::Bad,
            _ => Self::Challenging,
        }
    }
}

fn units(chance: &mut Chance) -> i64 {
    i64::from(1 + chance.below(MAX_LINE_UNITS))
}

impl Turn {
    fn by_chance(requests: &[Request], percent: u8, chance: &mut Chance) -> Option<Self> {
        Some(match chance.below(40) {
            0..=3 => Self::Deliver { pick: chance.below(u8::MAX), comes_again: chance.percent(percent) },
            4 => Self::Clock { jump_ms: chance.pick(&CLOCK_JUMPS_MS)? },
            5..=8 => Self::Cancel { request: chance.pick(requests)? },
            9..=13 => Self::money_of(Some(chance.pick(requests)?), chance)?,
            14..=17 => Self::Answer { request: chance.pick(requests)?, confirms: chance.percent(50) },
            18..=19 => Self::Wait { request: chance.pick(requests)? },
            _ => {
                let request = chance.pick(requests)?;
                Self::Work { request, weather: Weather::by_chance(percent, chance) }
            }
        })
    }

    /// What an operator asks for of an order. What is sent or refunded in full moves little money any more: it comes
    /// last and less often.
    fn money_of(request: Option<Request>, chance: &mut Chance) -> Option<Self> {
        let [part, last, refund] = [Purpose::CapturePart, Purpose::CaptureLast, Purpose::Refund];
        let purposes = [part, part, last, refund, Purpose::RefundElsewhere, Purpose::Release, Purpose::Send];
        let quarters = 1 + chance.below(4);
        Some(Self::Move { request, quarters, purpose: chance.pick(&purposes)? })
    }

    /// When the rush is over, operators turn to the orders that stand.
    fn late(requests: &[Request], percent: u8, chance: &mut Chance) -> Option<Self> {
        let request = chance.pick(requests)?;
        match chance.below(10) {
            0..=2 => Self::money_of(None, chance),
            3 => Some(Self::Deliver { pick: chance.below(u8::MAX), comes_again: chance.percent(percent) }),
            4 => Some(Self::Clock { jump_ms: chance.pick(&CLOCK_JUMPS_MS)? }),
            5 => Some(Self::Cancel { request }),
            _ => Self::work(requests, percent, chance),
        }
    }

    fn work(requests: &[Request], percent: u8, chance: &mut Chance) -> Option<Self> {
        Some(Self::Work { request: chance.pick(requests)?, weather: Weather::by_chance(percent, chance) })
    }

    /// In the days and weeks that follow, orders are sent and come back.
    fn afterwards(requests: &[Request], percent: u8, chance: &mut Chance) -> Option<Self> {
        let deed = match chance.below(36) {
            0..=4 => Deed::Send,
            5..=9 => Deed::Work,
            10..=19 => {
                let (line, units) = (chance.below(u8::MAX), 1 + chance.below(MAX_LINE_UNITS));
                let instead = chance.percent(EXCHANGE_PERCENT).then(|| chance.below(u8::MAX));
                Deed::Ask { line, units, instead }
            }
            20 => Deed::Withdraw,
            21 => Deed::Refuse,
            22..=25 => Deed::Receive { to_shelf: chance.percent(70), for_money: chance.percent(20) },
            26..=28 => Deed::SendExchange,
            29..=30 => Deed::Refund { quarters: 1 + chance.below(4) },
            31..=33 => return Self::work(requests, percent, chance),
            34 => {
                return Some(Self::Deliver { pick: chance.below(u8::MAX), comes_again: chance.percent(percent) });
            }
            _ => return Some(Self::Clock { jump_ms: chance.pick(&LONG_JUMPS_MS)? }),
        };
        Some(Self::After { pick: chance.below(u8::MAX), deed, weather: Weather::by_chance(percent, chance) })
    }

    pub(super) fn is_of(&self, shopper: ShopperId) -> bool {
        match self {
            Self::Work { request, .. }
            | Self::Cancel { request }
            | Self::Wait { request }
            | Self::Answer { request, .. } => request.shopper == shopper,
            Self::Move { request, .. } => request.is_some_and(|request| request.shopper == shopper),
            Self::Deliver { .. } | Self::Clock { .. } | Self::After { .. } => false,
        }
    }
}

impl Weather {
    fn by_chance(percent: u8, chance: &mut Chance) -> Self {
        let crashes = [Crash::BeforeEffect, Crash::BeforeLogging, Crash::AfterLogging];
        Self {
            crash: if chance.percent(percent) { chance.pick(&crashes) } else { None },
            question: Passage::by_chance(percent, chance),
            answer: Passage::by_chance(percent, chance),
            echo: chance.percent(percent),
        }
    }
}

impl Passage {
    fn by_chance(percent: u8, chance: &mut Chance) -> Self {
        match (chance.percent(percent), chance.percent(50)) {
            (false, _) => Self::Prompt,
            (true, false) => Self::Late,
            (true, true) => Self::Lost,
        }
    }
}

impl fmt::Display for ShopperId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "shopper {}", self.0)
    }
}

/// `2b` is the second request of shopper 2.
impl fmt::Display for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.shopper.0, char::from(b'a' + self.twin))
    }
}

impl fmt::Display for Shopper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let card = match self.card {
            Card::Good => "good",
            Card::Bad => "bad",
            Card::Challenging => "challenging",
        };
        let gift_card = if self.has_gift_card { " and the gift card" } else { "" };
        write!(f, "{} wants {:?}, card {card}{gift_card}, requests", self.id, self.wanted)?;
        self.requests().try_for_each(|request| write!(f, " {request}"))
    }
}
