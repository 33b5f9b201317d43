//! Reviews, as customers write and read them.

use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, ORIGIN};

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

    /// Posts the form of a review as a browser does that sends files with it: each by the name of its field.
    pub(crate) async fn review_with_files(&mut self, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Page {
        const BOUNDARY: &str = "----a-boundary-that-is-in-no-file";
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
            body.extend_from_slice(head.as_bytes());
        }
        for (name, file) in files {
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"photo\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = self.request(Method::POST, REVIEW).header(ORIGIN, self.url());
        let kind = format!("multipart/form-data; boundary=\"{BOUNDARY}\"");
        let answer = self.send(request.header(CONTENT_TYPE, kind).body(body)).await;
        self.go_on(answer).await
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

/// The titles of the reviews on a page, in their order.
pub(crate) fn titles(page: &Page) -> Vec<String> {
    let (_, list) = page.html.split_once("class=\"reviews__list\"").unwrap_or_default();
    let heads = list.split("<h3 id=\"title-").skip(1);
    heads
        .map(|head| head.split_once('>').unwrap().1.split_once("</h3>").unwrap().0.replace("<!>", "").trim().to_owned())
        .collect()
}
