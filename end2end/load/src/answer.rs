/// An answer that has come as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Where it leads to, or its status where it leads nowhere.
    pub leads_to: String,
    /// Where its body begins.
    pub(crate) head_bytes: usize,
}

impl Answer {
    /// Reads an answer; `None` while more of it is to come.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let head_bytes = bytes.windows(4).position(|four| four == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(bytes.get(..head_bytes)?);
        let body = bytes.get(head_bytes..)?;
        let header = |name: &str| {
            head.lines().skip(1).find_map(|line| {
                let (found, value) = line.split_once(':')?;
                found.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
            })
        };
        let is_whole = match header("content-length").and_then(|length| length.parse::<usize>().ok()) {
            Some(length) => body.len() >= length,
            None if header("transfer-encoding").is_some() => body.ends_with(b"0\r\n\r\n"),
            None => true,
        };
        let leads_to = || header("location").unwrap_or_else(|| head.lines().next().unwrap_or_default().to_owned());
        is_whole.then(|| Self { leads_to: leads_to(), head_bytes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leads_to(answer: &[u8]) -> Option<String> {
        Answer::read(answer).map(|answer| answer.leads_to)
    }

    #[test]
    fn an_answer_leads_somewhere_once_it_is_whole() {
        let answer = b"HTTP/1.1 302 Found\r\nLocation: /orders/CG-1\r\ncontent-length: 4\r\n\r\nnull";
        assert_eq!(leads_to(answer).as_deref(), Some("/orders/CG-1"));
        assert_eq!(Answer::read(answer).map(|whole| answer.len() - whole.head_bytes), Some(4));
        for part in 0..answer.len() {
            assert_eq!(leads_to(&answer[..part]), None);
        }
    }

    #[test]
    fn an_answer_in_chunks_is_read_to_its_end() {
        let part = b"HTTP/1.1 503 Service Unavailable\r\ntransfer-encoding: chunked\r\n\r\n2\r\nno\r\n";
        assert_eq!(leads_to(part), None);
        assert_eq!(leads_to(&[part, &b"0\r\n\r\n"[..]].concat()).as_deref(), Some("HTTP/1.1 503 Service Unavailable"));
    }
}
