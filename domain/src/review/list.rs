use super::Stars;
use crate::catalog::listing::PageNumber;
use crate::search::SearchText;
use crate::text::encoded;

/// Reviews on one page.
pub const REVIEWS_PER_PAGE: u32 = 10;
/// Questions on one page, each with its answers.
pub const QUESTIONS_PER_PAGE: u32 = 5;
/// Reviews whose pictures are shown together above all of them.
pub const STRIP_REVIEWS: u32 = 12;
/// Words that are looked for at once; those after them are left out.
pub const MAX_SOUGHT_WORDS: usize = 8;

/// In which order reviews are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ReviewOrder {
    #[default]
    MostHelpful,
    Newest,
    /// The most stars first.
    Highest,
    /// The fewest stars first.
    Lowest,
}

impl ReviewOrder {
    pub const ALL: [Self; 4] = [Self::MostHelpful, Self::Newest, Self::Highest, Self::Lowest];

    /// Its name in an address.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::MostHelpful => "helpful",
            Self::Newest => "newest",
            Self::Highest => "highest",
            Self::Lowest => "lowest",
        }
    }

    pub const fn label(self) -> &'static str {
        match self {
            Self::MostHelpful => "Most helpful",
            Self::Newest => "Newest",
            Self::Highest => "Highest rated",
            Self::Lowest => "Lowest rated",
        }
    }

    fn from_parameter(raw: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.parameter() == raw)
    }
}

/// Which reviews of a product, and which questions about it, somebody wants to see.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PostQuery {
    /// Those with so many stars only.
    pub stars: Option<Stars>,
    /// Those of customers who bought it only.
    pub verified: bool,
    /// Those with pictures only.
    pub pictured: bool,
    /// Those with all of these words only.
    pub words: SearchText,
    pub order: ReviewOrder,
    pub page: PageNumber,
    /// Of the questions.
    pub questions: PageNumber,
    /// Questions with all of these words only, in themselves or in an answer.
    pub asked: SearchText,
}

impl PostQuery {
    /// Of the words that are looked for in reviews.
    pub const WORDS: &'static str = "review-words";
    /// Of the words that are looked for in questions.
    pub const ASKED: &'static str = "question-words";
    const YES: &'static str = "yes";

    /// Reads the pairs of an address, decoded; what can't be read is as if it was not there.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut query = Self::default();
        for (name, value) in pairs {
            match name {
                "stars" => query.stars = value.parse().ok().or(query.stars),
                "verified" => query.verified |= value == Self::YES,
                "pictures" => query.pictured |= value == Self::YES,
                Self::WORDS => query.words = value.into(),
                "reviews" => query.order = ReviewOrder::from_parameter(value).unwrap_or(query.order),
                "reviews-page" => query.page = page(value).unwrap_or(query.page),
                "questions-page" => query.questions = page(value).unwrap_or(query.questions),
                Self::ASKED => query.asked = value.into(),
                _ => {}
            }
        }
        query
    }

    /// The pairs that ask for it, without what is asked anyway.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let yes = |is: bool| is.then(|| Self::YES.to_owned());
        let later = |page: PageNumber| (page.get() > 1).then(|| page.get().to_string());
        let words = |words: &SearchText| (!words.is_empty()).then(|| words.to_string());
        let order = (self.order != ReviewOrder::default()).then(|| self.order.parameter().to_owned());
        let pairs = [
            ("stars", self.stars.map(|stars| stars.to_string())),
            ("verified", yes(self.verified)),
            ("pictures", yes(self.pictured)),
            (Self::WORDS, words(&self.words)),
            ("reviews", order),
            ("reviews-page", later(self.page)),
            (Self::ASKED, words(&self.asked)),
            ("questions-page", later(self.questions)),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
    }

    /// The same as an address has them: `stars=5&reviews=newest&reviews-page=2`.
    pub fn to_pairs(&self) -> String {
        let pairs = self.pairs();
        pairs.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
    }

    /// Whether not all reviews are asked for.
    pub fn narrows(&self) -> bool {
        self.stars.is_some() || self.verified || self.pictured || !self.words.is_empty()
    }

    /// All reviews, in the same order; the questions stay as they are.
    #[must_use]
    pub fn widened(&self) -> Self {
        Self { order: self.order, questions: self.questions, asked: self.asked.clone(), ..Self::default() }
    }

    /// The first page of the reviews that are asked for.
    #[must_use]
    pub fn from_the_start(&self) -> Self {
        Self { page: PageNumber::FIRST, ..self.clone() }
    }
}

fn page(raw: &str) -> Option<PageNumber> {
    raw.parse().ok().and_then(PageNumber::new)
}

/// The words of a text that are looked for, in small letters, each once.
pub fn sought(text: &SearchText) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in text.as_str().split_whitespace().map(str::to_lowercase) {
        if words.len() < MAX_SOUGHT_WORDS && !words.contains(&word) {
            words.push(word);
        }
    }
    words
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
        for nonsense in [
            "",
            "stars=9",
            "reviews=loudest&reviews-page=0",
            "reviews-page=-1&x=1",
            "reviews=helpful",
            "verified=perhaps&pictures=",
            "review-words=%20",
        ] {
            let decoded = nonsense.replace("%20", " ");
            assert_eq!(query(&decoded), PostQuery::default(), "{nonsense}");
        }
    }

    #[test]
    fn the_words_that_are_looked_for_have_a_limit() {
        let words = |count: usize| {
            SearchText::from((0..count).map(|number| format!("W{number}")).collect::<Vec<_>>().join(" ").as_str())
        };
        assert_eq!(sought(&words(MAX_SOUGHT_WORDS)).len(), MAX_SOUGHT_WORDS);
        assert_eq!(sought(&words(MAX_SOUGHT_WORDS + 1)).len(), MAX_SOUGHT_WORDS);
        assert_eq!(sought(&"Warm warm LIGHT".into()), ["warm", "light"]);
        assert!(sought(&SearchText::default()).is_empty());
    }

    #[test]
    fn words_stand_in_an_address_encoded() {
        let asked = PostQuery { words: "a&b = c".into(), ..PostQuery::default() };
        assert_eq!(asked.to_pairs(), "review-words=a%26b%20%3D%20c");
    }

    proptest! {
        #[test]
        fn an_address_reads_back(
            stars in 0_u8..=5, verified: bool, pictured: bool, order in 0_usize..4, page in 1_u32..50,
            questions in 1_u32..9, words in "\\PC{0,30}", asked_for in "[a-z &=%]{0,20}",
        ) {
            let asked = PostQuery {
                stars: stars.try_into().ok(),
                verified,
                pictured,
                words: words.as_str().into(),
                order: ReviewOrder::ALL[order],
                page: PageNumber::new(page).unwrap(),
                questions: PageNumber::new(questions).unwrap(),
                asked: asked_for.as_str().into(),
            };
            let pairs = asked.pairs();
            let read = PostQuery::from_pairs(pairs.iter().map(|(name, value)| (*name, value.as_str())));
            prop_assert_eq!(&read, &asked);
            prop_assert!(!asked.widened().narrows());
            prop_assert_eq!(asked.to_pairs().matches('&').count(), pairs.len().saturating_sub(1));
        }
    }
}
