//! Searches that ask for help and not for goods, and the pages that answer them.
//!
//! Guards the rule that goods come first: one word that is no word of help, such as `holder` in
//! `gift card holder`, and the search is about goods alone.

use super::SearchText;

/// Pages that one search leads to besides its results; more would be a second list of results.
pub const MAX_HELP_PAGES: usize = 3;

/// A page of the store that answers what shoppers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HelpPage {
    Delivery,
    Returns,
    Payment,
    /// How to order, and what the steps of an order mean.
    Orders,
    /// Where an order is found by its number.
    FindOrder,
    StoreCredit,
    SignIn,
    Forgotten,
    Privacy,
    Accessibility,
    Contact,
    /// The list of everything that help is about.
    Index,
}

impl HelpPage {
    pub const ALL: [Self; 12] = [
        Self::Delivery,
        Self::Returns,
        Self::Payment,
        Self::Orders,
        Self::FindOrder,
        Self::StoreCredit,
        Self::SignIn,
        Self::Forgotten,
        Self::Privacy,
        Self::Accessibility,
        Self::Contact,
        Self::Index,
    ];
}

/// What is asked for, in lower case, and the pages that answer it, the best first. Where one begins
/// like another, the longer stands first.
const ASKED: [(&[&str], &[HelpPage]); 48] = [
    (&["gift", "card"], &[HelpPage::Payment]),
    (&["gift", "cards"], &[HelpPage::Payment]),
    (&["gift", "voucher"], &[HelpPage::Payment]),
    (&["gift", "vouchers"], &[HelpPage::Payment]),
    (&["store", "credit"], &[HelpPage::StoreCredit, HelpPage::Payment]),
    (&["customer", "service"], &[HelpPage::Contact, HelpPage::Index]),
    (&["customer", "support"], &[HelpPage::Contact, HelpPage::Index]),
    (&["contact"], &[HelpPage::Contact]),
    (&["complaint"], &[HelpPage::Contact, HelpPage::Returns]),
    (&["return"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["returns"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["returning"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["send", "back"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["refund"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["refunds"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["exchange"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["warranty"], &[HelpPage::Returns]),
    (&["guarantee"], &[HelpPage::Returns]),
    (&["cancel"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["cancellation"], &[HelpPage::Returns, HelpPage::FindOrder]),
    (&["delivery"], &[HelpPage::Delivery]),
    (&["deliver"], &[HelpPage::Delivery]),
    (&["shipping"], &[HelpPage::Delivery]),
    (&["postage"], &[HelpPage::Delivery]),
    (&["customs"], &[HelpPage::Delivery]),
    (&["track"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["tracking"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["where", "is", "my", "parcel"], &[HelpPage::FindOrder, HelpPage::Delivery]),
    (&["where", "is", "my", "order"], &[HelpPage::FindOrder, HelpPage::Delivery]),
    (&["my", "order"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["my", "orders"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["order", "status"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["find", "order"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["invoice"], &[HelpPage::FindOrder, HelpPage::Orders]),
    (&["payment"], &[HelpPage::Payment]),
    (&["payments"], &[HelpPage::Payment]),
    (&["pay"], &[HelpPage::Payment]),
    (&["forgot", "password"], &[HelpPage::Forgotten, HelpPage::SignIn]),
    (&["forgot", "my", "password"], &[HelpPage::Forgotten, HelpPage::SignIn]),
    (&["forgotten", "password"], &[HelpPage::Forgotten, HelpPage::SignIn]),
    (&["reset", "password"], &[HelpPage::Forgotten, HelpPage::SignIn]),
    (&["sign", "in"], &[HelpPage::SignIn]),
    (&["log", "in"], &[HelpPage::SignIn]),
    (&["login"], &[HelpPage::SignIn]),
    (&["privacy"], &[HelpPage::Privacy]),
    (&["accessibility"], &[HelpPage::Accessibility]),
    (&["help"], &[HelpPage::Index, HelpPage::Contact]),
    (&["faq"], &[HelpPage::Index, HelpPage::Contact]),
];

/// Words that stand around what is asked for and say nothing of goods.
const AROUND: [&str; 43] = [
    "a",
    "an",
    "about",
    "and",
    "balance",
    "can",
    "charge",
    "charges",
    "cost",
    "costs",
    "do",
    "does",
    "for",
    "free",
    "get",
    "how",
    "i",
    "in",
    "info",
    "information",
    "is",
    "it",
    "item",
    "long",
    "me",
    "much",
    "my",
    "of",
    "on",
    "or",
    "order",
    "orders",
    "policy",
    "the",
    "time",
    "times",
    "to",
    "us",
    "what",
    "when",
    "where",
    "with",
    "your",
];

/// The pages that answer a search, the best first: none where it is, or may be, about goods. At most
/// [`MAX_HELP_PAGES`].
pub fn help_for(text: &SearchText) -> Vec<HelpPage> {
    let lower = text.as_str().to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut pages = Vec::new();
    let mut rest = words.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        if let Some((left, found)) = ASKED.iter().find_map(|(asked, found)| Some((rest.strip_prefix(*asked)?, found))) {
            for page in *found {
                if !pages.contains(page) {
                    pages.push(*page);
                }
            }
            rest = left;
        } else if AROUND.contains(first) {
            rest = behind;
        } else {
            return Vec::new();
        }
    }
    pages.truncate(MAX_HELP_PAGES);
    pages
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn asked(raw: &str) -> Vec<HelpPage> {
        help_for(&raw.into())
    }

    #[test]
    fn what_asks_for_help_leads_to_the_page_that_answers() {
        for (raw, first) in [
            ("return policy", HelpPage::Returns),
            ("Returns", HelpPage::Returns),
            ("how do I get a refund?", HelpPage::Returns),
            ("cancel order", HelpPage::Returns),
            ("gift card", HelpPage::Payment),
            ("gift-card balance", HelpPage::Payment),
            ("delivery cost", HelpPage::Delivery),
            ("free shipping", HelpPage::Delivery),
            ("track my order", HelpPage::FindOrder),
            ("where is my order", HelpPage::FindOrder),
            ("contact us", HelpPage::Contact),
            ("forgot my password", HelpPage::Forgotten),
            ("help", HelpPage::Index),
        ] {
            assert_eq!(asked(raw).first(), Some(&first), "{raw}");
        }
    }

    #[test]
    fn what_asks_for_goods_leads_to_no_page() {
        for raw in ["gift card holder", "contact lens", "track pants", "card", "gift", "order", "the", "", "?!", "lamp"]
        {
            assert_eq!(asked(raw), [], "{raw}");
        }
    }

    #[test]
    fn a_search_leads_to_so_many_pages_and_no_more() {
        let most = [HelpPage::Delivery, HelpPage::Contact, HelpPage::Payment];
        assert_eq!(most.len(), MAX_HELP_PAGES);
        assert_eq!(asked("delivery contact"), [HelpPage::Delivery, HelpPage::Contact]);
        assert_eq!(asked("delivery contact payment"), most);
        assert_eq!(asked("delivery contact payment privacy"), most);
    }

    #[test]
    fn what_is_asked_for_is_reached_and_each_page_is_led_to() {
        for (place, (words, found)) in ASKED.iter().enumerate() {
            assert_eq!(asked(&words.join(" ")), *found, "{words:?}");
            assert!(ASKED.iter().take(place).all(|(before, _)| !words.starts_with(before)), "{words:?}");
        }
        for page in HelpPage::ALL {
            assert!(ASKED.iter().any(|(_, found)| found.contains(&page)), "{page:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_leads_to_few_pages_each_once(raw in r"(?:\PC{0,8}|returns|my order|privacy|pay|help|log in| ){0,12}") {
            let pages = asked(&raw);
            prop_assert!(pages.len() <= MAX_HELP_PAGES);
            prop_assert!(pages.iter().enumerate().all(|(place, page)| !pages[..place].contains(page)));
        }
    }
}
