//! The form of a review with its pictures, and the addresses that they are seen at. The files are taken out of the
//! form, and what is left goes on to the server function as any other form does.

use std::sync::Arc;

use axum::Extension;
use axum::body::Body;
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Path, Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::account::SignedIn;
use domain::review::ports::Reviews;
use domain::review::{
    MAX_PICTURE_BYTES, MAX_PICTURES, PICTURE_AGE_S, PictureForm, PictureId, PictureSize, SentPicture,
};
use leptos::prelude::provide_context;
use leptos_axum::handle_server_fns_with_context;

/// Bytes of the words of a form, with the names of its fields.
const MAX_WORDS_BYTES: usize = 64 * 1024;
/// Bytes of a form with as many pictures as a review has, as large as they may be.
pub(crate) const MAX_FORM_BYTES: usize = MAX_PICTURES * MAX_PICTURE_BYTES + MAX_WORDS_BYTES;
/// Where it is posted to.
const FORM_PATH: &str = "/api/reviews";
const MULTIPART: &[u8] = b"multipart/form-data";
const URLENCODED: HeaderValue = HeaderValue::from_static("application/x-www-form-urlencoded");

/// Whether a request is the form with files.
pub(crate) fn has_files(request: &Request) -> bool {
    request.method() == Method::POST && request.uri().path() == FORM_PATH && is_multipart(request)
}

fn is_multipart(request: &Request) -> bool {
    let kind = request.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes);
    kind.is_some_and(|kind| kind.get(..MULTIPART.len()).is_some_and(|start| start.eq_ignore_ascii_case(MULTIPART)))
}

/// Takes files out of the form on its way; `provide` is what every server function finds in its context.
pub(crate) async fn take(provide: impl Fn() + Clone + Send + Sync + 'static, request: Request, next: Next) -> Response {
    if !has_files(&request) {
        return next.run(request).await;
    }
    let (mut parts, body) = request.into_parts();
    // What a stranger sends is read past: only their words are kept until they have signed in.
    let keeps_files = parts.extensions.get::<SignedIn>().is_some();
    let read = match Multipart::from_request(Request::from_parts(parts.clone(), body), &()).await {
        Ok(multipart) => Fields::read(multipart, keeps_files).await,
        Err(refused) => Err(refused.status()),
    };
    let Fields { words, pictures, .. } = match read {
        Ok(fields) => fields,
        Err(status) => return status.into_response(),
    };
    parts.headers.insert(header::CONTENT_TYPE, URLENCODED);
    parts.headers.remove(header::CONTENT_LENGTH);
    let form = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(words).finish();
    let with_pictures = move || {
        provide();
        provide_context(pictures.clone());
    };
    handle_server_fns_with_context(with_pictures, Request::from_parts(parts, Body::from(form))).await.into_response()
}

/// The fields of a form.
#[derive(Default)]
struct Fields {
    words: Vec<(String, String)>,
    words_bytes: usize,
    pictures: PictureForm,
}

impl Fields {
    async fn read(mut form: Multipart, keeps_files: bool) -> Result<Self, StatusCode> {
        let mut files: [Vec<u8>; MAX_PICTURES] = std::array::from_fn(|_| Vec::new());
        let mut spoken: [String; MAX_PICTURES] = std::array::from_fn(|_| String::new());
        let mut fields = Self::default();
        while let Some(field) = form.next_field().await.map_err(|refused| refused.status())? {
            let name = field.name().unwrap_or_default().to_owned();
            let place = |names: [&str; MAX_PICTURES]| names.iter().position(|known| *known == name);
            if let Some(file) = place(PictureForm::FILES).and_then(|place| files.get_mut(place)) {
                *file = file_of(field, keeps_files).await?;
                continue;
            }
            let text = fields.text_of(field, &name).await?;
            if let Some(words) = place(PictureForm::WORDS).and_then(|place| spoken.get_mut(place)) {
                *words = text;
            } else if name == PictureForm::DROP {
                fields.pictures.dropped.extend(text.parse::<PictureId>());
            } else {
                fields.words.push((name, text));
            }
        }
        let rows = files.into_iter().zip(spoken).map(|(file, words)| SentPicture { bytes: file.into(), words });
        fields.pictures.rows = rows.collect();
        Ok(fields)
    }

    /// The text of a field, while there is room for it.
    async fn text_of(&mut self, mut field: Field<'_>, name: &str) -> Result<String, StatusCode> {
        let mut text = Vec::new();
        self.words_bytes += name.len();
        while let Some(chunk) = field.chunk().await.map_err(|refused| refused.status())? {
            self.words_bytes += chunk.len();
            if self.words_bytes > MAX_WORDS_BYTES {
                return Err(StatusCode::PAYLOAD_TOO_LARGE);
            }
            text.extend_from_slice(&chunk);
        }
        String::from_utf8(text).map_err(|_| StatusCode::BAD_REQUEST)
    }
}

/// What is in a file, up to a byte more than it may have; whoever reads the form says what is wrong then.
async fn file_of(mut field: Field<'_>, keeps: bool) -> Result<Vec<u8>, StatusCode> {
    let mut file = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|refused| refused.status())? {
        let room = if keeps { (MAX_PICTURE_BYTES + 1).saturating_sub(file.len()) } else { 0 };
        file.extend(chunk.iter().take(room));
    }
    Ok(file)
}

/// `GET /reviews/pictures/{id}`: a picture as large as it is kept.
pub(crate) async fn large(
    State(reviews): State<Arc<dyn Reviews>>,
    Path(id): Path<String>,
    reader: Option<Extension<SignedIn>>,
) -> Response {
    picture(&*reviews, &id, PictureSize::Large, reader).await
}

/// `GET /reviews/pictures/{id}/small`: its thumbnail.
pub(crate) async fn small(
    State(reviews): State<Arc<dyn Reviews>>,
    Path(id): Path<String>,
    reader: Option<Extension<SignedIn>>,
) -> Response {
    picture(&*reviews, &id, PictureSize::Small, reader).await
}

async fn picture(reviews: &dyn Reviews, id: &str, size: PictureSize, reader: Option<Extension<SignedIn>>) -> Response {
    let Ok(id) = id.parse() else { return StatusCode::NOT_FOUND.into_response() };
    let reader = reader.map(|Extension(signed_in)| signed_in.account);
    match reviews.picture(id, size, reader.as_ref()).await {
        Ok(Some(file)) => {
            // Nobody's cache keeps what only its author and those who run the store may see.
            let kept = if file.is_shown {
                format!("public, max-age={PICTURE_AGE_S}, immutable")
            } else {
                "private, no-store".to_owned()
            };
            let headers = [(header::CONTENT_TYPE, "image/jpeg".to_owned()), (header::CACHE_CONTROL, kept)];
            (headers, file.jpeg).into_response()
        }
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        // The port has logged why.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
