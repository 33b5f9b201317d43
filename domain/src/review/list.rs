use super::Stars;
use crate::catalog::listing::PageNumber;

/// Reviews on one page.
pub const REVIEWS_PER_PAGE: u32 = 10;
/// Questions on one page, each with its answers.
pub const QUESTIONS_PER_PAGE: u32 = 5;

/// In which order reviews are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReviewOrder {
    #[default]
    MostHelpful,
    Newest,
}

impl ReviewOrder {
    pub const ALL: [Self; 2] = [Self::MostHelpful, Self::Newest];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::MostHelpful => "helpful",
            Self::Newest => "newest",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::MostHelpful => "Most helpful",
            Self::Newest => "Newest",
        }
    }
}

/// Which reviews of a product, and which questions about it, somebody wants to see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct PostQuery {
    /// Those with so many stars only.
    pub stars: Option<Stars>,
    pub order: ReviewOrder,
    pub page: PageNumber,
    /// Of the questions.
    pub questions: PageNumber,
}

impl PostQuery {
    /// Reads the pairs of an address; what can't be read is as if it was not there.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match name {
                "stars" => query.stars = value.parse().ok().or(query.stars),
                "reviews" if value == ReviewOrder::Newest.parameter() => query.order = ReviewOrder::Newest,
                "reviews-page" => query.page = page(value).unwrap_or(query.page),
                "questions-page" => query.questions = page(value).unwrap_or(query.questions),
                _ => {}
            }
        }
        query
    }

    /// The pairs that ask for it, without what is asked anyway: `stars=5&reviews=newest&reviews-page=2`.
    pub fn to_pairs(self) -> String {
        let stars = self.stars.map(|stars| format!("stars={stars}"));
        let order = (self.order != ReviewOrder::default()).then(|| format!("reviews={}", self.order.parameter()));
        let page = (self.page.get() > 1).then(|| format!("reviews-page={}", self.page.get()));
        let questions = (self.questions.get() > 1).then(|| format!("questions-page={}", self.questions.get()));
        stars.into_iter().chain(order).chain(page).chain(questions).collect::<Vec<_>>().join("&")
    }
}

fn page(raw: &str) -> Option<PageNumber> {
    raw.parse().ok().and_then(PageNumber::new)
}

/// How many pages so many posts take.
pub fn pages(total: u32, posts_per_page: u32) -> u32 {
    total.div_ceil(posts_per_page)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn query(address: &str) -> PostQuery {
        PostQuery::from_pairs(address.split('&').filter_map(|pair| pair.split_once('=')))
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        for nonsense in ["", "stars=9", "reviews=loudest&reviews-page=0", "reviews-page=-1&x=1", "reviews=helpful"] {
            assert_eq!(query(nonsense), PostQuery::default(), "{nonsense}");
        }
    }

    proptest! {
        #[test]
        fn an_address_reads_back(stars in 0_u8..=5, newest: bool, page in 1_u32..50, questions in 1_u32..9) {
            let asked = PostQuery {
                stars: stars.try_into().ok(),
                order: if newest { ReviewOrder::Newest } else { ReviewOrder::MostHelpful },
                page: PageNumber::new(page).unwrap(),
                questions: PageNumber::new(questions).unwrap(),
            };
            prop_assert_eq!(query(&asked.to_pairs()), asked);
        }
    }
}
