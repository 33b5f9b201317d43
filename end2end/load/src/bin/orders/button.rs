/// A "Place order" button: the request that pressing it sends.
pub(crate) struct Button(String);

impl Button {
    /// A line of the list: cookie, key, seen total and reviewed version.
    pub(crate) fn parse(host: &str, line: &str) -> Option<Self> {
        let mut fields = line.split('\t');
        let (cookie, key, seen, reviewed) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
        let form = format!("key={key}&seen={}&reviewed={reviewed}", seen.replace(' ', "+"));
        Some(Self(format!(
            "POST /api/checkout/orders HTTP/1.1\r\nhost: {host}\r\ncookie: {cookie}\r\naccept: text/html\r\n\
             sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            form.len()
        )))
    }

    pub(crate) fn request(&self) -> &str {
        &self.0
    }
}
