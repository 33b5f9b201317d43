//! How the other side is reached: over the network, or in this process with the same requests and
//! answers.

use std::time::Duration;

use anyhow::Context as _;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::http::request::Builder;
use axum::http::{Method, Request, StatusCode};
use tokio::time::timeout;
use tower::ServiceExt as _;

/// After this long the other side counts as silent, and is asked later what it did.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);
/// More bytes than an answer of a gateway has.
const MAX_ANSWER_BYTES: usize = 256 * 1024;

#[derive(Debug, Clone)]
pub(super) enum Line {
    Network { client: reqwest::Client, base_url: String },
    Embedded(Router),
}

impl Line {
    pub(super) fn to(base_url: String) -> anyhow::Result<Self> {
        let client = reqwest::Client::builder().timeout(ANSWER_TIMEOUT).build().context("making an HTTP client")?;
        Ok(Self::Network { client, base_url })
    }

    /// A request for a path, with its query.
    pub(super) fn request(&self, method: Method, path: &str) -> Builder {
        let base_url = match self {
            Self::Network { base_url, .. } => base_url.as_str(),
            Self::Embedded(_) => "",
        };
        Request::builder().method(method).uri(format!("{base_url}{path}"))
    }

    pub(super) async fn send(&self, request: Request<Bytes>) -> anyhow::Result<(StatusCode, Bytes)> {
        match self {
            Self::Network { client, .. } => {
                let answer = client.execute(request.try_into()?).await?;
                Ok((answer.status(), answer.bytes().await?))
            }
            Self::Embedded(router) => {
                let answering = timeout(ANSWER_TIMEOUT, router.clone().oneshot(request.map(Body::from)));
                let (head, body) = answering.await.context("no answer in time")??.into_parts();
                Ok((head.status, to_bytes(body, MAX_ANSWER_BYTES).await?))
            }
        }
    }
}
