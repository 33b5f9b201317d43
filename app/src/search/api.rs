//! What the search box asks for while somebody types.

use domain::search::SearchText;
use domain::search::ports::Search;
use leptos::prelude::*;
use leptos::server_fn::codec::GetUrl;

use super::suggestions::draw;
use crate::error::WireError;
use crate::port::port;

/// What a few typed letters may become, drawn as the options of a list box: the browser downloads no
/// second way to draw them. Empty where there is nothing to suggest.
#[server(prefix = "/api", endpoint = "search/suggestions", input = GetUrl)]
pub async fn suggest(#[server(default)] q: String) -> Result<String, WireError> {
    let typed = SearchText::from(q);
    let suggestions = port::<dyn Search>()?.suggest(&typed).await?;
    Ok(draw(&suggestions, &typed))
}
