use domain::alert::{ALERT_LIFE_DAYS, CONFIRMATION_LIFE_HOURS};
use domain::browsing::{MAX_VIEWED_DAYS, MAX_VIEWED_PRODUCTS};
use domain::cart::{CART_DAYS, MAX_CART_LINES, MAX_LINE_QUANTITY, MAX_SAVED_LINES};
use domain::checkout::{Country, DRAFT_DAYS};
use domain::inventory::LOW_STOCK_UNITS;
use domain::order::FORGET_AFTER_DAYS;
use domain::order::exchange::EXCHANGE_DAYS;
use domain::pricing::Money;
use domain::shipment::{Delivery, RETURN_DAYS, Zone};
use leptos::prelude::*;

use super::contact::{ContactAddress, WriteToUs};
use crate::icon::Glyph;
use crate::store::Store;

/// What help is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    Delivery,
    Returns,
    Payment,
    Orders,
    Privacy,
    Accessibility,
    Contact,
}

impl Topic {
    pub(super) const ALL: [Self; 7] =
        [Self::Delivery, Self::Returns, Self::Payment, Self::Orders, Self::Privacy, Self::Accessibility, Self::Contact];

    pub(super) const fn slug(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Returns => "returns",
            Self::Payment => "payment",
            Self::Orders => "orders",
            Self::Privacy => "privacy",
            Self::Accessibility => "accessibility",
            Self::Contact => "contact",
        }
    }

    pub(super) fn path(self) -> String {
        format!("/help/{}", self.slug())
    }

    pub(super) const fn title(self) -> &'static str {
        match self {
            Self::Delivery => "Delivery",
            Self::Returns => "Returns",
            Self::Payment => "Payment",
            Self::Orders => "Orders",
            Self::Privacy => "Privacy",
            Self::Accessibility => "Accessibility",
            Self::Contact => "Contact",
        }
    }

    pub(super) const fn summary(self) -> &'static str {
        match self {
            Self::Delivery => "What it costs, when it arrives, and where we deliver.",
            Self::Returns => "How to cancel, when you change your mind, and when something is wrong with it.",
            Self::Payment => "How to pay, when money moves, and why a card can be declined.",
            Self::Orders => "How to order, how to find your order again, and what its steps mean.",
            Self::Privacy => "What we keep, why, and what we never see.",
            Self::Accessibility => "How the store works with a keyboard, a screen reader and without JavaScript.",
            Self::Contact => "What to have at hand when you write to us.",
        }
    }

    pub(super) const fn glyph(self) -> Glyph {
        match self {
            Self::Delivery => Glyph::Truck,
            Self::Returns => Glyph::Return,
            Self::Payment => Glyph::Card,
            Self::Orders => Glyph::Order,
            Self::Privacy => Glyph::Lock,
            Self::Accessibility => Glyph::Account,
            Self::Contact => Glyph::Compass,
        }
    }

    pub(super) fn text(self, store: &Store) -> AnyView {
        match self {
            Self::Delivery => delivery(store),
            Self::Returns => returns(),
            Self::Payment => payment(),
            Self::Orders => orders(),
            Self::Privacy => privacy(),
            Self::Accessibility => accessibility(),
            Self::Contact => contact(),
        }
    }
}

fn delivery(store: &Store) -> AnyView {
    let nothing = Money::zero(store.currency);
    let home = Country::HOME.in_words();
    let row = move |delivery: Delivery| {
        let free_from = delivery.free_from(nothing.currency());
        let free = free_from.map(|sum| format!("; free when the products in your order come to {sum} or more"));
        let days = match delivery.working_days() {
            1 => "The next working day".to_owned(),
            days => format!("{days} working days"),
        };
        view! {
            <tr>
                <th scope="row">{delivery.option().label()}</th>
                <td>{format!("{}{}. {days}.", delivery.charge(nothing), free.unwrap_or_default())}</td>
            </tr>
        }
    };
    let zone = move |zone: Zone| {
        let countries: Vec<String> = zone.countries().map(Country::in_words).collect();
        view! {
            <h3>"To " {countries.join(", ")}</h3>
            <table class="facts">
                <tbody>{Delivery::to(zone).map(row).collect_view()}</tbody>
            </table>
        }
    };
    view! {
        <p>{format!("Every product page names the day on which an order arrives in {home}. Your cart and the checkout name the day for your own country, as soon as you gave your address.")} " Weekends are already counted: nothing is delivered on a Saturday or a Sunday."</p>
        <h2>"Where we deliver, and what it costs"</h2>
        {Zone::ALL.map(zone).collect_view()}
        <p>"Delivery is charged once per order, and shown before you pay."</p>
        <h2>"Customs"</h2>
        <p>{format!("A parcel to another country than {home} leaves its customs area. The country that it goes to may ask you for duty when it arrives, which is not part of what you pay to us. The checkout says whether your total holds its tax, or whether it may ask you for that as well.")}</p>
        <h2>"If it does not arrive"</h2>
        <ol>
            <li>"Look at the " <a href="/orders">"status of your order"</a> ": it shows the day you were promised."</li>
            <li>"Check that the address in the order is right."</li>
            <li>"Ask your neighbours; parcels are often left with them."</li>
            <li><a href="/help/contact">"Tell us"</a> ", with the number of the order."</li>
        </ol>
    }
    .into_any()
}

fn returns() -> AnyView {
    view! {
        <h2>"Before it is sent"</h2>
        <p>"You can cancel an order as long as we have not sent it, at once and by yourself: " <a href="/orders">"find your order"</a> ", open “Cancel this order” below its progress and press the button. Nothing has been charged by then; the amount held on your card is released, and your bank may take some days to show it."</p>
        <p>"Until then you can also have it sent to another address in the same country, or to somebody else: press “Change the address” on the same page."</p>
        <h2>"If you change your mind later"</h2>
        <p>{format!("When you buy at a distance in the United Kingdom or the European Union, the law gives you {RETURN_DAYS} days from the day of delivery to say that you don't want to keep it, without a reason, and {RETURN_DAYS} more to send it back. You get back what you paid for it, with the cost of standard delivery; sending it back is at your own cost. Things made for you alone, and sealed things that can't be sold again for reasons of hygiene, are excepted once they are opened.")}</p>
        <h2>"If something is wrong with it"</h2>
        <p>{format!("A product that is broken, not as described, or not what you ordered is ours to put right: by a repair, a replacement, or your money, and what it costs to send it back. That is your right for far longer than {RETURN_DAYS} days.")}</p>
        <h2>"How to send it back"</h2>
        <ol>
            <li><a href="/orders">"Find your order"</a> ", press “Return items” on its page, and say how many of each you send back. You may say why as well."</li>
            <li>"Print the page then, or write the number of the order on a sheet of paper."</li>
            <li>"Pack it as it came to you, put the sheet inside, and send it to the sender on the label of the parcel."</li>
        </ol>
        <p>"The page of the order shows when it is here and what you get back: your share of what you paid, after discounts and with its tax. Who sends back a whole order gets back standard delivery as well; when a part of it comes back, delivery is not refunded. As long as we wait for the parcel you can press “I keep it after all”. If an order is too old for that and something is wrong with it, " <a href="/help/contact">"tell us"</a> "."</p>
        <h2>"To exchange it"</h2>
        <p>{format!("Another size or colour of the same product can be had instead of your money where it costs the same or less and is in stock: choose it on the page on which you ask to return something. It is kept for you for {EXCHANGE_DAYS} days and sent when what you send back is here; of what costs less you get back the difference, and nothing is ever charged. What comes back later is a return for money, and so is one for which we can't send what was wanted.")}</p>
        <WriteToUs subject="Return of order CG-".to_owned() />
    }
    .into_any()
}

fn payment() -> AnyView {
    view! {
        <h2>"How to pay"</h2>
        <p>"By credit or debit card. You type the number into a form of the payment service; it never reaches our servers. We keep its last four digits, so that you can recognise it. Who has an account may pay on invoice instead, up to a limit for an order and for all that is open; the checkout says when it is reached."</p>
        <p>"A gift card or store credit pays first, in the payment step: type the code of the card, or use the credit that your account has when you are signed in, and pay what is left in another way. What you cancel is on it again at once. A refund goes to your card first, up to what it paid, and then to the gift card."</p>
        <h2>"When money moves"</h2>
        <p>"When you place the order your bank sets the amount aside. The last page of the checkout shows every part of it: products, delivery, taxes and the total. Nothing is added later."</p>
        <p>"If a price or the stock has changed since you looked, we tell you what changed and ask again. We never charge another amount than the one you saw."</p>
        <p>"If you " <a href="/help/returns">"cancel the order"</a> " before we send it, your bank lets go of the amount, and nothing is charged."</p>
        <h2>"If a card is declined"</h2>
        <p>"Nothing is charged and your cart stays as it is. Usual reasons:"</p>
        <ul>
            <li>"there is not enough money on the card, or it has a limit;"</li>
            <li>"the card has expired;"</li>
            <li>"the security code on the back is not the one you typed;"</li>
            <li>"your bank wants to hear from you first."</li>
        </ul>
        <p>"Try another card, or ask your bank. Pressing the button twice never pays twice."</p>
    }
    .into_any()
}

fn orders() -> AnyView {
    view! {
        <h2>"How to order"</h2>
        <p>"You need no account. Put products into your cart, go to the checkout, and give an address, a way of delivery and a card. You can go back to every step before you place the order."</p>
        <p>{format!(
            "A cart holds up to {MAX_CART_LINES} different products and up to {MAX_LINE_QUANTITY} of each; {MAX_SAVED_LINES} more can be saved for later. When few of something are left, of most things {LOW_STOCK_UNITS} or fewer, its page says how many.",
        )}</p>
        <h2>"Find your order again"</h2>
        <p>"The confirmation and its letter show the number of your order, such as CG-7K4M2-P9QXA. With that number and your e-mail address you can " <a href="/orders">"look it up"</a> " at any time. With " <a href="/account/register">"an account"</a> " your orders stand in one list, also those that you placed with your e-mail address before."</p>
        <h2>"What its steps mean"</h2>
        <table class="facts">
            <tbody>
                <tr>
                    <th scope="row">"Waiting for payment"</th>
                    <td>"The products are reserved for you; we wait for the answer of the bank."</td>
                </tr>
                <tr>
                    <th scope="row">"Confirmed"</th>
                    <td>"The payment is authorized and the products are yours. Until we send them you can cancel on the page of the order."</td>
                </tr>
                <tr>
                    <th scope="row">"Shipped"</th>
                    <td>"The parcel is on its way."</td>
                </tr>
                <tr>
                    <th scope="row">"Delivered"</th>
                    <td>"It has arrived."</td>
                </tr>
                <tr>
                    <th scope="row">"Payment declined"</th>
                    <td>"Nothing was charged, and nothing will be sent."</td>
                </tr>
                <tr>
                    <th scope="row">"Being cancelled"</th>
                    <td>"You cancelled the order; the amount held on your card is being released."</td>
                </tr>
                <tr>
                    <th scope="row">"Cancelled"</th>
                    <td>"The order was cancelled: nothing was charged, and nothing will be sent."</td>
                </tr>
                <tr>
                    <th scope="row">"Refunded"</th>
                    <td>"All that was charged was given back before anything was sent, and nothing will be sent."</td>
                </tr>
            </tbody>
        </table>
    }
    .into_any()
}

fn privacy() -> AnyView {
    view! {
        <h2>"What we keep"</h2>
        <ul>
            <li>{format!("What is in your cart, under a random number in a cookie, until you have not changed it for {CART_DAYS} days. The cookie is signed, holds nothing else, and is needed for the cart to work.")}</li>
            <li>"What you typed into a form that could not be accepted, so that you need not type it again: for a minute, in a cookie; or, of reviews, questions and answers, for an hour with us, under a random number in the cookie. Never a password."</li>
            <li>"What you searched for last, in your browser alone: the search box shows it to you and clears it when you say so. We count what all shoppers search for, open and buy, by the day and without saying who; so that we can tell which search led to a purchase, a cookie holds the last five products that you opened from results until you close the browser."</li>
            <li>{format!("What you type in the checkout: your name, e-mail address, delivery address, and telephone number if you give one; for {DRAFT_DAYS} days after you typed last or ordered, so that you need not type it again.")}</li>
            <li>{format!("What you ordered, what you paid, and the last four digits of the card. Who placed an order that was declined or cancelled, and of which nothing was charged, is forgotten when you remove your account; without an account, after {FORGET_AFTER_DAYS} days.")}</li>
            <li>{format!("Which products you look at: of an account, until you switch it off; of a guest, only if you agreed on a product's page, which a cookie remembers. The last {MAX_VIEWED_PRODUCTS} of them, for {MAX_VIEWED_DAYS} days. In ")} <a href="/history">"your browsing history"</a> " you take out any of them, or all, at once."</li>
            <li>"What you said that you are not interested in, so that it is not recommended again."</li>
            <li>{format!("What you asked us to write to you about, with your e-mail address if you have no account: until the one letter is written, at most {ALERT_LIFE_DAYS} days. An address that nobody confirms is forgotten after {CONFIRMATION_LIFE_HOURS} hours.")}</li>
            <li>"The pictures of your reviews, drawn anew: where and when they were taken is left out."</li>
            <li>"If you open an account: your name, e-mail address and addresses, a hash of your password from which nobody can read it, and the kinds of devices that you are signed in with. Another cookie keeps you signed in."</li>
            <li>"If you add a passkey: the half of it that everybody may know, its name, and when you used it last. If you turn on codes: the key that your app has as well, and hashes of your recovery codes. While you sign in with them, a cookie of minutes; where your browser offers your passkeys on the page of the sign-in, a cookie of an hour."</li>
        </ul>
        <h2>"What we never see"</h2>
        <p>"The number of your card and its security code. They go from your browser to the payment service."</p>
        <h2>"What we leave out"</h2>
        <p>"No advertising, no trackers, no fonts or scripts from elsewhere. A product's picture may come from the address of its seller, who then sees the request of your browser like any web site."</p>
        <h2>"Your rights"</h2>
        <p>"You can ask what we keep about you, have it corrected, and have it deleted as far as the law does not make us keep it, such as the records of a sale. In the " <a href="/account/settings">"settings of your account"</a> " you download everything and remove the account yourself; or " <a href="/help/contact">"write to us"</a> "."</p>
    }
    .into_any()
}

fn accessibility() -> AnyView {
    view! {
        <p>"The store is built to meet the Web Content Accessibility Guidelines (WCAG) 2.2 at level AA."</p>
        <ul>
            <li>"Everything works with the keyboard alone; the first press of the tab key offers to skip to the content."</li>
            <li>"Everything works without JavaScript, from the search to the order."</li>
            <li>"Text can be enlarged to four times its size without getting lost."</li>
            <li>"Colours follow the light or dark setting of your device, and its wish for less motion."</li>
            <li>"What changes on a page, such as your cart, is announced to screen readers."</li>
        </ul>
        <p>"If something stands in your way, " <a href="/help/contact">"tell us"</a> " which page it was and what you use to read it. We treat that as a defect."</p>
    }
    .into_any()
}

fn contact() -> AnyView {
    view! {
        <h2>"What you can do at once"</h2>
        <ul>
            <li><a href="/orders">"Find your order"</a> ", see where it stands, or cancel it before it is sent."</li>
            <li>"Read when it arrives and what that costs: " <a href="/help/delivery">"Delivery"</a> "."</li>
            <li>"Send something back: " <a href="/help/returns">"Returns"</a> "."</li>
        </ul>
        <h2>"Write to us"</h2>
        <ContactAddress />
        <h2>"What to have at hand"</h2>
        <ul>
            <li>"the number of the order, such as CG-7K4M2-P9QXA,"</li>
            <li>"the e-mail address that you ordered with,"</li>
            <li>"the item number, which stands on the page of every product."</li>
        </ul>
        <p>"Never send us the number of a card: we don't need it, and nobody from here will ask for it."</p>
        <h2 id="lost-codes">"If you lost your app and your recovery codes"</h2>
        <p>"A passkey needs no code: if you have one, " <a href="/account/sign-in">"sign in with it"</a> ". Otherwise write to us from the e-mail address of your account, and name your last order. We ask you something that only you know, and then turn the codes off: you are signed out everywhere, sign in with your password, and turn them on again. We never ask for your password, a code or a recovery code."</p>
    }
    .into_any()
}
