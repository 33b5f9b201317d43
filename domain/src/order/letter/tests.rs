use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::inventory::Quantity;
use crate::mail::LetterText;
use crate::order::exchange::{Exchange, ExchangeState};
use crate::order::returns::tests::found;
use crate::order::returns::{ReturnLine, ReturnState};
use crate::payment::aftermath::LateRefundState;
use crate::pricing::Currency;

fn money(minor_units: i64) -> Value {
    json!({ "minor_units": minor_units, "currency": "GBP" })
}

fn line(title: &str, choices: &str, quantity: u32) -> Value {
    json!({
        "sku": "LAMP", "slug": "walnut-desk-lamp", "title": title, "choices": choices, "picture": null,
        "unit_price": money(24_50), "quantity": quantity,
    })
}

/// An order of two lamps for £52.95 that was placed on the 25th of November.
fn order(state: OrderState) -> Order {
    serde_json::from_value(json!({
        "id": "0197b2c4d5e67f8091a2b3c4d5e6f708", "number": "CG-7K4M2-P9QX1", "state": state,
        "contact": {
            "email": "ada@example.com", "name": "Ada Lovelace", "phone": null,
            "address": {
                "line1": "12 St James's Square", "line2": null, "city": "London", "region": null,
                "postcode": "SW1Y 4JH", "country": "GB",
            },
        },
        "lines": [line("Walnut desk lamp", "Oak", 2)],
        "totals": { "items": money(49_00), "discount": null, "delivery": money(3_95), "total": money(52_95) },
        "delivery": "standard", "arrives_on": "2026-12-01", "paid_with": "Visa ending in 4242",
        "placed_at": "2026-11-25T12:00:00Z",
    }))
    .unwrap()
}

fn letterhead() -> Letterhead {
    let contact_email = Some("help@shop.example".parse().unwrap());
    Letterhead { store_name: "Cartograph".into(), base_url: "https://shop.example".into(), contact_email }
}

fn letter(order: &Order, kind: LetterKind) -> Letter {
    letterhead().write(order, &[], &[], kind, &"k3y-_A".parse().unwrap()).unwrap()
}

/// What every letter ends with.
const END: &str = "\n\nFollow this order:\nhttps://shop.example/orders/CG-7K4M2-P9QX1?access=k3y-_A\n\n\
                   Questions about it? Write to help@shop.example.\n\nCartograph\nhttps://shop.example";

#[track_caller]
fn reads(letter: &Letter, subject: &str, told: &str) {
    assert_eq!(letter.subject.as_str(), subject);
    assert_eq!(letter.text.as_str(), format!("Good day,\n\n{told}{END}"));
    assert_eq!(letter.to.as_str(), "ada@example.com");
}

#[test]
fn a_confirmation_says_all_that_was_agreed() {
    let confirmed = letter(&order(OrderState::Confirmed), LetterKind::Confirmed);
    reads(
        &confirmed,
        "Order CG-7K4M2-P9QX1 at Cartograph is confirmed",
        "Thank you for your order CG-7K4M2-P9QX1 of Wednesday 25 November 2026. It arrives on Tuesday 1 December. \
         Your items are put aside for you and will be packed next.\n\n\
         Items\n2 × Walnut desk lamp, Oak: £49.00\n\n\
         Items (2): £49.00\nDelivery: £3.95\nTotal: £52.95 (Includes VAT)\n\n\
         Deliver to\nAda Lovelace\n12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom\nStandard delivery\n\n\
         Payment\nVisa ending in 4242, £52.95",
    );
}

#[test]
fn a_letter_says_what_gift_cards_pay_and_have_again() {
    let mut paid = serde_json::to_value(order(OrderState::Confirmed)).unwrap();
    let on_card = |minor_units| json!([{ "id": "0197b2c4d5e67f8091a2b3c4d5e6f709", "tail": "7K4M", "amount": money(minor_units) }]);
    let says =
        |paid: &Value, kind| letter(&serde_json::from_value(paid.clone()).unwrap(), kind).text.as_str().to_owned();
    paid["gift_cards"] = on_card(20_00);
    let part = says(&paid, LetterKind::Confirmed);
    assert!(part.contains("Payment\nGift card ending in 7K4M, £20.00\nVisa ending in 4242, £32.95\n"), "{part}");
    let refund = says(&paid, LetterKind::Refunded { minor_units: 40_00 });
    assert!(refund.contains("the rest is on your gift card again at once"), "{refund}");
    paid["gift_cards"] = on_card(52_95);
    let all = says(&paid, LetterKind::Confirmed);
    assert!(all.contains("Payment\nGift card ending in 7K4M, £52.95\n") && !all.contains("Visa"), "{all}");
}

#[test]
fn a_confirmation_says_what_was_taken_off_what_is_taxed_and_who_asks_for_more() {
    let mut abroad = serde_json::to_value(order(OrderState::Confirmed)).unwrap();
    let discount = |minor_units| json!({ "promotion": "spring", "name": "Spring", "amount": money(minor_units) });
    abroad["lines"][0]["discounts"] = json!([discount(5_00)]);
    abroad["contact"]["address"]["country"] = json!("NL");
    abroad["contact"]["address"]["postcode"] = json!("1012 AB");
    abroad["delivery_discount"] = discount(3_95);
    abroad["totals"] = json!({
        "items": money(49_00), "discount": money(5_00), "delivery": money(0), "total": money(44_00),
        "taxes": {
            "treatment": "included", "sum": money(7_63),
            "shares": [{ "rate": 21_000, "net": money(36_37), "tax": money(7_63) }],
        },
    });
    let confirmed = letter(&serde_json::from_value(abroad).unwrap(), LetterKind::Confirmed);
    let text = confirmed.text.as_str();
    assert!(
        text.contains(
            "\n\nItems (2): £49.00\nSpring: −£5.00\nDelivery: Free (Spring: −£3.95)\nTotal: £44.00 (Includes VAT)\n\
             Includes VAT at 21%: £7.63 on £36.37\n\n"
        ),
        "{text}"
    );
    assert!(text.contains("the Netherlands may ask you for duty when it arrives"), "{text}");
}

#[test]
fn a_letter_says_that_an_order_left() {
    reads(
        &letter(&order(OrderState::Shipped), LetterKind::Sent),
        "Order CG-7K4M2-P9QX1 at Cartograph is on its way",
        "Your order CG-7K4M2-P9QX1 is on its way. The carrier has your parcel. It arrives on Tuesday 1 December.\n\n\
         Items\n2 × Walnut desk lamp, Oak: £49.00\n\n\
         Deliver to\nAda Lovelace\n12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom\nStandard delivery",
    );
}

#[test]
fn a_letter_says_what_becomes_of_the_money_of_an_order_that_ended() {
    reads(
        &letter(&order(OrderState::Cancelled), LetterKind::Cancelled),
        "Order CG-7K4M2-P9QX1 at Cartograph is cancelled",
        "Your order CG-7K4M2-P9QX1 of Wednesday 25 November 2026 is cancelled. Nothing was charged and nothing will \
         be sent. What a bank holds for it is released; it may take some days to show it.\n\n\
         £0.00 charged, £52.95 released\n\nItems\n2 × Walnut desk lamp, Oak: £49.00",
    );
    reads(
        &letter(&order(OrderState::Declined), LetterKind::Declined),
        "The payment for order CG-7K4M2-P9QX1 at Cartograph was declined",
        "The payment for your order CG-7K4M2-P9QX1 of Wednesday 25 November 2026 was declined. Your bank declined \
         the payment. Nothing was charged and nothing will be sent. If you still want it, please order again.",
    );
}

#[test]
fn a_letter_says_what_went_back() {
    let kind = LetterKind::Refunded { minor_units: 12_00 };
    let goes_back = "\n\n£52.95 charged, £12.00 refunded\n\nA refund to a card goes back by itself, and your bank may \
                     take some days to show it; what you paid of an invoice is transferred to you.";
    let mut order = Order { captured_minor_units: 52_95, refunded_minor_units: 12_00, ..order(OrderState::Shipped) };
    let told = format!("Money went back to you for your order CG-7K4M2-P9QX1.{goes_back}");
    reads(&letter(&order, kind), "A refund for order CG-7K4M2-P9QX1 at Cartograph", &told);
    (order.state, order.refunded_minor_units) = (OrderState::Refunded, 52_95);
    let all = letter(&order, LetterKind::Refunded { minor_units: 52_95 });
    assert!(all.text.as_str().contains("All that was charged is given back, and nothing will be sent."));
}

#[test]
fn whoever_did_not_get_a_refund_is_told_until_it_is_made_good() {
    let id = MovementId::new(uuid::Uuid::from_u128(7));
    let failed = |state| FailedRefund { id, amount: Money::new(10_00, Currency::GBP), state };
    let kind = LetterKind::RefundFailed { id };
    let (order, access) = (order(OrderState::Shipped), "k3y-_A".parse().unwrap());
    for (state, becomes) in [
        (
            LateRefundState::Failed,
            "It is yours: we make the refund once more, or get in touch with you about another way. There is nothing \
             for you to do.",
        ),
        (
            LateRefundState::Repeated,
            "We have made the refund once more since; your bank may take some days to show it.",
        ),
        (LateRefundState::Settled, "We have paid it to you in another way since."),
    ] {
        let refunds = [failed(state)];
        assert_eq!(due_of_refunds(&refunds), if state.is_owed() { vec![kind] } else { vec![] }, "{state:?}");
        reads(
            &letterhead().write(&order, &[], &refunds, kind, &access).unwrap(),
            "A refund for order CG-7K4M2-P9QX1 at Cartograph did not reach you",
            &format!(
                "A refund of £10.00 for your order CG-7K4M2-P9QX1 did not reach you: your bank gave it back to us.\n\n\
                 {becomes}"
            ),
        );
    }
    assert_eq!(due_of_refunds(&[failed(LateRefundState::Asked)]), [kind]);
}

#[test]
fn an_order_gives_reason_for_the_letters_of_where_it_stands() {
    let of_state = |state| due(&order(state));
    assert_eq!(of_state(OrderState::Confirmed), [LetterKind::Confirmed]);
    assert_eq!(of_state(OrderState::Shipped), [LetterKind::Confirmed, LetterKind::Sent]);
    assert_eq!(of_state(OrderState::Delivered), [LetterKind::Confirmed]);
    assert_eq!(of_state(OrderState::Cancelled), [LetterKind::Cancelled]);
    for silent in [OrderState::Pending, OrderState::Cancelling, OrderState::Refunded] {
        assert_eq!(of_state(silent), [], "{silent:?}");
    }
    let charged = Order { captured_minor_units: 52_95, ..order(OrderState::Confirmed) };
    assert_eq!(due(&charged), [LetterKind::Confirmed], "whoever charges may be faster than whoever writes");
    let refunded = Order { refunded_minor_units: 5_00, ..order(OrderState::Shipped) };
    let refund = LetterKind::Refunded { minor_units: 5_00 };
    assert_eq!(due(&refunded), [LetterKind::Confirmed, LetterKind::Sent, refund]);
}

#[test]
fn a_confirmation_that_comes_late_says_where_the_order_stands() {
    let thanks = "Thank you for your order CG-7K4M2-P9QX1 of Wednesday 25 November 2026.";
    for (state, stands) in [
        (OrderState::Shipped, "It is on its way. The carrier has your parcel. It arrives on Tuesday 1 December."),
        (OrderState::Delivered, "It was delivered."),
    ] {
        let text = letter(&order(state), LetterKind::Confirmed).text;
        assert!(text.as_str().contains(&format!("{thanks} {stands}\n\nItems\n")), "{text}");
    }
}

#[test]
fn a_shopper_is_told_of_a_payment_that_failed_unless_they_saw_it() {
    let declined_after = |waited| {
        let order = order(OrderState::Declined);
        due(&Order { reached: vec![(OrderState::Declined, order.placed_at + waited)], ..order })
    };
    assert_eq!(declined_after(DECLINED_UNSEEN_AFTER), []);
    assert_eq!(declined_after(DECLINED_UNSEEN_AFTER + SignedDuration::from_millis(1)), [LetterKind::Declined]);
    assert_eq!(due(&order(OrderState::Declined)), [], "nobody knows when it was");
}

#[test]
fn whoever_exchanges_is_told_what_left_and_what_is_kept_no_longer() {
    let asked = |state, exchange| -> Return {
        let line = ReturnLine { sku: "LAMP".parse().unwrap(), quantity: Quantity::ONE };
        let exchange = Exchange {
            line: line.sku.clone(),
            sku: "LAMP-OAK".parse().unwrap(),
            choices: "Oak, black".to_owned(),
            quantity: line.quantity,
            unit_price: "24.50 GBP".parse().unwrap(),
            state: exchange,
        };
        Return { exchanges: vec![exchange], ..found(vec![line], state) }
    };
    let (order, access) = (order(OrderState::Delivered), "k3y-_A".parse().unwrap());
    let nothing = [
        (ReturnState::Requested, ExchangeState::Reserved),
        (ReturnState::Refunded, ExchangeState::Allocated),
        (ReturnState::Withdrawn, ExchangeState::Released),
        (ReturnState::Refunded, ExchangeState::Lapsed),
    ];
    for (state, exchange) in nothing {
        assert_eq!(due_of_returns(&[asked(state, exchange)]), [], "{state:?} and {exchange:?}");
    }
    let sent = [asked(ReturnState::Refunded, ExchangeState::Sent)];
    let kind = LetterKind::ReplacementSent { id: sent[0].id };
    assert_eq!(due_of_returns(&sent), [kind]);
    reads(
        &letterhead().write(&order, &sent, &[], kind, &access).unwrap(),
        "Your exchange of order CG-7K4M2-P9QX1 at Cartograph is on its way",
        "What you sent back of your order CG-7K4M2-P9QX1 is here, and what you wanted instead is on its way. The \
         carrier has your parcel. Nothing is charged for it.\n\n\
         Items\n1 × Walnut desk lamp, Oak, black, instead of Oak\n\n\
         Deliver to\nAda Lovelace\n12 St James's Square\nLondon SW1Y 4JH\nUnited Kingdom\nStandard delivery",
    );
    let over = [asked(ReturnState::Requested, ExchangeState::Lapsed)];
    let kind = LetterKind::ExchangeLapsed { id: over[0].id };
    assert_eq!(due_of_returns(&over), [kind]);
    reads(
        &letterhead().write(&order, &over, &[], kind, &access).unwrap(),
        "Your exchange of order CG-7K4M2-P9QX1 at Cartograph is a return now",
        "You wanted to exchange something of your order CG-7K4M2-P9QX1. We kept what you wanted until Wednesday 23 \
         December, and what you send back is not here yet. It is sold again, and you get your money instead when \
         what you send back is here.\n\nItems\n1 × Walnut desk lamp, Oak, black, instead of Oak",
    );
    for (state, money) in [
        (ReturnState::Requested, "You get your money instead when what you send back is here."),
        (
            ReturnState::Received,
            "What you sent back is here, and you get your money for it instead, by the way that you paid.",
        ),
        (
            ReturnState::Refunded,
            "What you sent back is here, and you get your money for it instead, by the way that you paid.",
        ),
    ] {
        let why = Some("The last one fell.".parse().unwrap());
        let ended = [Return { exchange_end: why, ..asked(state, ExchangeState::Lapsed) }];
        assert_eq!(due_of_returns(&ended), [kind]);
        reads(
            &letterhead().write(&order, &ended, &[], kind, &access).unwrap(),
            "Your exchange of order CG-7K4M2-P9QX1 at Cartograph is a return now",
            &format!(
                "You wanted to exchange something of your order CG-7K4M2-P9QX1. What you wanted in exchange can't be \
                 sent.\n\nThe last one fell.\n\n{money}\n\nItems\n1 × Walnut desk lamp, Oak, black, instead of Oak"
            ),
        );
        let kept = [Return { state: ReturnState::Withdrawn, ..ended[0].clone() }];
        assert_eq!(due_of_returns(&kept), [], "its shopper keeps it");
    }
}

#[test]
fn the_largest_order_fits_into_a_letter() {
    let mut largest = serde_json::to_value(order(OrderState::Confirmed)).unwrap();
    let mut widest = line(&"T".repeat(150), &"c".repeat(5_000), 999);
    widest["unit_price"] = money(1_000_000_000);
    let discount =
        |n: usize| json!({ "promotion": format!("p{n}"), "name": "N".repeat(60), "amount": money(1_000_000_000) });
    widest["discounts"] = json!((0..20).map(discount).collect::<Vec<_>>());
    let address = &mut largest["contact"]["address"];
    for field in ["line1", "line2", "city", "region"] {
        address[field] = json!("a".repeat(100));
    }
    largest["contact"]["name"] = json!("n".repeat(100));
    for (lines, more) in [(MAX_LETTER_LINES, None), (100, Some("and 70 more, which its page shows"))] {
        largest["lines"] = json!(vec![widest.clone(); lines]);
        let order: Order = serde_json::from_value(largest.clone()).unwrap();
        let text = letter(&order, LetterKind::Confirmed).text;
        assert_eq!(text.as_str().matches(" × ").count(), MAX_LETTER_LINES);
        assert_eq!(text.as_str().matches("NNN: −").count(), MAX_LETTER_SAVINGS);
        assert_eq!(text.as_str().lines().find(|line| line.starts_with("and ")), more);
    }
    let part = |n: usize| json!({ "sku": format!("PART-{n}"), "quantity": 100, "product": product(&"T".repeat(150)) });
    widest["parts"] = json!((0..20).map(part).collect::<Vec<_>>());
    largest["lines"] = json!(vec![widest; MAX_LETTER_LINES]);
    let text = letter(&serde_json::from_value(largest).unwrap(), LetterKind::Confirmed).text;
    assert_eq!(text.as_str().matches("each with 100 × TTT").count(), MAX_LETTER_LINES);
}

fn product(title: &str) -> Value {
    json!({ "slug": "oak-tray", "title": title, "choices": "" })
}

#[test]
fn a_letter_says_what_is_in_a_bundle() {
    let mut order = order(OrderState::Confirmed);
    let parts = json!([
        { "sku": "MUG", "quantity": 4, "product": null }, { "sku": "TRAY", "quantity": 1, "product": product("Oak tray") },
    ]);
    order.lines[0].parts = serde_json::from_value(parts).unwrap();
    let text = letter(&order, LetterKind::Confirmed).text;
    assert!(
        text.as_str().contains("\n2 × Walnut desk lamp, Oak: £49.00\n  each with 4 × MUG and 1 × Oak tray\n"),
        "{text}"
    );
}

#[test]
fn a_letter_is_text_up_to_its_limit() {
    let limit = LetterText::MAX_CHARS as usize;
    assert!("a".repeat(limit).parse::<LetterText>().is_ok());
    assert!("a".repeat(limit + 1).parse::<LetterText>().is_err());
}

proptest! {
    #[test]
    fn a_key_reads_back_and_is_the_only_one(order: u128, minor_units: i64, of: u128, place in 0_usize..7) {
        let id = ReturnId::new(uuid::Uuid::from_u128(of));
        let kinds = [
            LetterKind::Confirmed,
            LetterKind::Sent,
            LetterKind::Cancelled,
            LetterKind::Declined,
            LetterKind::Refunded { minor_units },
            LetterKind::ReplacementSent { id },
            LetterKind::ExchangeLapsed { id },
        ];
        let id = LetterId { order: OrderId::new(uuid::Uuid::from_u128(order)), kind: kinds[place] };
        prop_assert_eq!(id.to_string().parse(), Ok(id));
    }

    #[test]
    fn any_text_is_a_key_or_an_error(raw in "([0-9a-f]{32}-)?(refunded-|lapsed-[0-9a-f]{32})?[-+a-z0-9]{0,12}") {
        if let Ok(id) = raw.parse::<LetterId>() {
            prop_assert_eq!(id.to_string(), raw);
        }
    }
}
