//! Reviews, as customers write and read them.

use super::{Browser, Page};

pub(crate) const REVIEW: &str = "/api/reviews";
pub(crate) const REMOVE_POST: &str = "/api/reviews/removals";
pub(crate) const VOTE: &str = "/api/reviews/votes";
pub(crate) const REPORT: &str = "/api/reviews/reports";
pub(crate) const JUDGE: &str = "/api/reviews/judgements";
pub(crate) const ASK: &str = "/api/questions";
pub(crate) const ANSWER: &str = "/api/questions/answers";

impl Browser {
    /// Writes a review on its own page.
    pub(crate) async fn review(&mut self, slug: &str, stars: &str, title: &str, text: &str) -> Page {
        let form = self.open(&format!("/products/{slug}/review")).await.form(REVIEW);
        self.submit(&form.with("stars", stars).with("title", title).with("text", text)).await
    }

    pub(crate) async fn ask(&mut self, slug: &str, question: &str) -> Page {
        let form = self.open(&format!("/products/{slug}")).await.form(ASK);
        self.submit(&form.with("question", question)).await
    }
}

impl Page {
    /// The keys of the posts that can be voted on, in their order.
    pub(crate) fn posts(&self) -> Vec<String> {
        self.forms(VOTE).iter().filter_map(|form| form.field("id").map(str::to_owned)).collect()
    }

    /// What stands between the tags of the page's only element of a kind, as it is written.
    pub(crate) fn raw_of(&self, name: &str) -> &str {
        let (_, element) = self.html.split_once(&format!("<{name} ")).unwrap();
        element.split_once('>').unwrap().1.split_once(&format!("</{name}>")).unwrap().0
    }
}
