use std::collections::BTreeMap;

use reqwest::header::{ACCEPT, COOKIE, LOCATION, ORIGIN, REFERER, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Method, RequestBuilder, Url};

use super::html::Form;
use super::{Page, Shop};

const MAX_REDIRECTS: u32 = 10;

/// A browser with JavaScript off: keeps cookies, says where a form comes from, follows redirects.
#[derive(Debug, Clone)]
pub(crate) struct Browser {
    client: Client,
    url: String,
    cookies: BTreeMap<String, String>,
    /// The path of the page that is open.
    here: String,
}

impl Browser {
    pub(crate) fn new(url: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { client, url: url.to_owned(), cookies: BTreeMap::new(), here: "/".to_owned() }
    }

    /// Goes on at the same store after it was opened again.
    pub(crate) fn follow(&mut self, shop: &Shop) {
        shop.url().clone_into(&mut self.url);
    }

    /// The address of the store, without a slash at the end.
    pub(crate) fn url(&self) -> String {
        self.url.clone()
    }

    pub(crate) fn cookie(&self, name: &str) -> Option<&str> {
        self.cookies.get(name).map(String::as_str)
    }

    pub(crate) fn set_cookie(&mut self, name: &str, value: &str) {
        self.cookies.insert(name.to_owned(), value.to_owned());
    }

    /// Opens a page, wherever its address leads in the end.
    pub(crate) async fn open(&mut self, path: &str) -> Page {
        let page = self.get(path).await;
        self.go_on(page).await
    }

    /// One answer to one address.
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        let request = self.request(Method::GET, path);
        self.send(request).await
    }

    /// Posts a form and opens the page that it leads to.
    pub(crate) async fn submit(&mut self, form: &Form) -> Page {
        let page = self.post(&form.action, &form.fields).await;
        self.go_on(page).await
    }

    /// One answer to one form.
    pub(crate) async fn post<N: AsRef<str>, V: AsRef<str>>(&mut self, path: &str, fields: &[(N, V)]) -> Page {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_ref(), value.as_ref())).collect();
        let request = self.request(Method::POST, path).header(ORIGIN, &self.url).form(&fields);
        self.send(request).await
    }

    /// A request as this browser makes it, except for the origin that a form adds.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let request = self.client.request(method, format!("{}{path}", self.url));
        let request = request.header(ACCEPT, "text/html,application/xhtml+xml,*/*;q=0.8");
        let request = request.header(REFERER, format!("{}{}", self.url, self.here));
        if self.cookies.is_empty() {
            return request;
        }
        let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.header(COOKIE, cookies.join("; "))
    }

    /// Sends a request, keeps its cookies and answers what came back.
    pub(crate) async fn send(&mut self, request: RequestBuilder) -> Page {
        let answer = request.send().await.unwrap();
        for cookie in answer.headers().get_all(SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.set_cookie(name.trim(), value.trim());
        }
        let (status, headers) = (answer.status(), answer.headers().clone());
        let path = path_of(answer.url());
        let html = String::from_utf8(answer.bytes().await.unwrap().to_vec()).unwrap_or_default();
        Page { status, path, headers, html }
    }

    /// Follows an answer to the page where it leads.
    pub(crate) async fn go_on(&mut self, mut page: Page) -> Page {
        for _ in 0..MAX_REDIRECTS {
            if !page.status.is_redirection() {
                page.path.clone_into(&mut self.here);
                return page;
            }
            let location = page.headers[LOCATION].to_str().unwrap();
            let from: Url = format!("{}{}", self.url, page.path).parse().unwrap();
            let to = from.join(location).unwrap();
            assert_eq!(to.origin(), from.origin(), "{} leads out of the store", page.path);
            page = self.get(&path_of(&to)).await;
        }
        panic!("{} leads in circles", page.path);
    }
}

fn path_of(url: &Url) -> String {
    url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
}
