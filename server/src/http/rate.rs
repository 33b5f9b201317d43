//! How often one client may post. A client is the address that a request comes from; a proxy on this
//! machine or in its private network is believed when it says for whom it asks.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use governor::{DefaultKeyedRateLimiter, Quota};

use super::guard::reads;

/// Forms that a client may post at once, and then each second. Many shoppers may share an address.
const POSTS_AT_ONCE: NonZeroU32 = NonZeroU32::new(100).unwrap();
const POSTS_PER_SECOND: NonZeroU32 = NonZeroU32::new(10).unwrap();
/// With more clients in memory, those who were quiet for long are forgotten.
const REMEMBERED_CLIENTS: usize = 100_000;
const FORWARDED_FOR: &str = "x-forwarded-for";

pub(crate) type Limiter = Arc<DefaultKeyedRateLimiter<IpAddr>>;

pub(crate) fn limiter() -> Limiter {
    let quota = Quota::per_second(POSTS_PER_SECOND).allow_burst(POSTS_AT_ONCE);
    Arc::new(DefaultKeyedRateLimiter::keyed(quota))
}

pub(crate) async fn limit(State(limiter): State<Limiter>, request: Request, next: Next) -> Response {
    if reads(request.method()) {
        return next.run(request).await;
    }
    let Some(client) = network_of(&request) else { return next.run(request).await };
    if limiter.len() > REMEMBERED_CLIENTS {
        limiter.retain_recent();
    }
    match limiter.check_key(&client) {
        Ok(()) => next.run(request).await,
        Err(_) => (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, HeaderValue::from(1))]).into_response(),
    }
}

/// The network that a request comes from; `None` for this machine and its private network, when they
/// ask for themselves.
pub(crate) fn network_of(request: &Request) -> Option<IpAddr> {
    let ConnectInfo(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>()?;
    client(peer.ip(), request.headers()).map(network)
}

/// Who asks; `None` for this machine and its private network, when they ask for themselves.
fn client(peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
    let peer = peer.to_canonical();
    if !is_private(peer) {
        return Some(peer);
    }
    // The last one was written by the proxy that is believed; those before it by anybody.
    let forwarded = headers.get_all(FORWARDED_FOR).iter().next_back()?.to_str().ok()?;
    forwarded.rsplit(',').next()?.trim().parse().ok()
}

/// Who is counted: an address, or the network of one subscriber, who has 2⁶⁴ addresses in it
/// (RFC 6177).
const fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6(Ipv6Addr::from_bits(address.to_bits() & (u128::MAX << 64))),
        address @ IpAddr::V4(_) => address,
    }
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private() || address.is_link_local(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local() || address.is_unicast_link_local(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_addresses_of_one_subscriber_count_together() {
        let counted = |client: &str| network(client.parse().unwrap()).to_string();
        assert_eq!(counted("2001:db8:1:2:3:4:5:6"), counted("2001:db8:1:2:ffff::1"));
        assert_ne!(counted("2001:db8:1:2::1"), counted("2001:db8:1:3::1"));
        assert_eq!(counted("203.0.113.7"), "203.0.113.7");
        assert_eq!(counted("::ffff:203.0.113.7"), "203.0.113.7");
    }

    #[test]
    fn only_a_proxy_nearby_is_believed() {
        let asked = |peer: &str, forwarded: Option<&'static str>| {
            let mut headers = HeaderMap::new();
            if let Some(forwarded) = forwarded {
                headers.insert(FORWARDED_FOR, HeaderValue::from_static(forwarded));
            }
            client(peer.parse().unwrap(), &headers).map(|client| client.to_string())
        };
        let shopper = Some("203.0.113.7".to_owned());
        assert_eq!(asked("203.0.113.7", None), shopper);
        assert_eq!(asked("203.0.113.7", Some("198.51.100.1")), shopper);
        assert_eq!(asked("::ffff:203.0.113.7", None), shopper);
        assert_eq!(asked("127.0.0.1", Some("198.51.100.1, 203.0.113.7")), shopper);
        assert_eq!(asked("10.0.0.2", Some("203.0.113.7")), shopper);
        assert_eq!(asked("fd00::2", Some("203.0.113.7")), shopper);
        assert_eq!(asked("127.0.0.1", None), None);
        assert_eq!(asked("10.0.0.2", Some("nobody")), None);
    }
}
