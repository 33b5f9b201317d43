//! How texts stand in addresses.

/// Percent-encodes everything but the unreserved characters of RFC 3986, section 2.3.
pub fn encoded(text: &str) -> String {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.push(char::from(HEX[usize::from(byte >> 4)]));
            encoded.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_harmless_characters_stay() {
        assert_eq!(encoded("AZ-09._~"), "AZ-09._~");
        assert_eq!(encoded("café & 100%"), "caf%C3%A9%20%26%20100%25");
    }
}
