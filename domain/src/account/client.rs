use core::net::IpAddr;

use crate::bounded_text;

bounded_text!(
    /// What somebody signed in with, in words that its owner knows it by: `Firefox on Linux`.
    Device, 40
);

/// Where a request comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// The network that attempts are counted for; `None` for the store's own machine.
    pub network: Option<IpAddr>,
    pub device: Device,
}

/// Marks in the header `User-Agent` and what they mean; the first that is found counts, for browsers
/// also name those that they descend from.
const BROWSERS: [(&str, &str); 7] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "a Mac"),
    ("Linux", "Linux"),
];

impl Device {
    /// The words for a `User-Agent`. What it does not know is called a browser.
    pub fn of_user_agent(header: &str) -> Self {
        let find = |marks: &[(&str, &'static str)]| {
            marks.iter().find(|(mark, _)| header.contains(mark)).map(|(_, words)| *words)
        };
        let browser = find(&BROWSERS).unwrap_or("A browser");
        let words = match find(&SYSTEMS) {
            Some(system) => format!("{browser} on {system}"),
            None => browser.to_owned(),
        };
        Self(words.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn browsers_are_told_apart() {
        let named = |header: &str| Device::of_user_agent(header).to_string();
        let firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36 Edg/124.0";
        let phone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1";
        assert_eq!(named(firefox), "Firefox on Linux");
        assert_eq!(named(edge), "Edge on Windows");
        assert_eq!(named(phone), "Safari on iPhone");
        assert_eq!(named("curl/8.5"), "A browser");
    }

    proptest! {
        #[test]
        fn whatever_a_header_says_the_words_are_ours(header in "\\PC{0,80}") {
            let device = Device::of_user_agent(&header);
            prop_assert_eq!(device.as_str().parse::<Device>(), Ok(device));
        }
    }
}
