//! Draws pictures on request. The address says everything, so a picture never changes.

use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::catalog::DrawnPicture;

pub(crate) async fn serve(Path(name): Path<String>) -> Response {
    let drawn: Option<DrawnPicture> = name.strip_suffix(".svg").and_then(|name| name.parse().ok());
    match drawn {
        Some(drawn) => (
            [(header::CONTENT_TYPE, "image/svg+xml"), (header::CACHE_CONTROL, "public, max-age=31536000, immutable")],
            crate::picture::draw(&drawn),
        )
            .into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
