//! A shopper who searches: types with suggestions, looks at the results, narrows them, sorts them, reads on
//! and opens one.

use std::time::Duration;

use goose::prelude::*;
use tokio::time::sleep;

use crate::shopper::read;
use crate::store::any_product;

/// What requests for suggestions are called.
pub(crate) const SUGGESTIONS: &str = "suggestions";

/// Between two keystrokes of somebody who types well; the box asks at each of them.
const KEYSTROKE: Duration = Duration::from_millis(150);

/// What a searcher looks for, and the results that are on the screen.
#[derive(Clone)]
struct Looking {
    words: String,
    results: String,
}

/// Types words, and is told at every letter what they may become.
pub(crate) async fn type_words(user: &mut GooseUser) -> TransactionResult {
    let words = any_words();
    let beginnings: Vec<&str> = (1..=words.len()).filter_map(|end| words.get(..end)).collect();
    for typed in beginnings {
        sleep(KEYSTROKE).await;
        let path = format!("/api/search/suggestions?q={}", typed.trim_end().replace(' ', "%20"));
        let builder = user.get_request_builder(&GooseMethod::Get, &path)?.header("accept", "*/*");
        let request = GooseRequest::builder()
            .method(GooseMethod::Get)
            .path(path.as_str())
            .name(SUGGESTIONS)
            .set_request_builder(builder);
        user.request(request.build()).await?;
    }
    user.set_session_data(Looking { words, results: String::new() });
    Ok(())
}

pub(crate) async fn search(user: &mut GooseUser) -> TransactionResult {
    let words = looking(user).words;
    let path = format!("/search?q={}", words.replace(' ', "%20"));
    let answer = user.get_named(&path, "search").await?;
    let results = read(user, answer, "/search").await?;
    user.set_session_data(Looking { words, results });
    Ok(())
}

/// Narrows the results by the first filter that they have.
pub(crate) async fn narrow(user: &mut GooseUser) -> TransactionResult {
    follow(user, "filtered search", |link| ["&brand=", "&in=", "&in-stock="].iter().any(|name| link.contains(name)))
        .await
}

/// Reads on behind the first page, where there is more.
pub(crate) async fn read_on(user: &mut GooseUser) -> TransactionResult {
    follow(user, "next results", |link| link.contains("&after=")).await
}

/// Sorts by price.
pub(crate) async fn sort(user: &mut GooseUser) -> TransactionResult {
    let path = format!("/search?q={}&sort=price-up", looking(user).words.replace(' ', "%20"));
    user.get_named(&path, "sorted search").await.map(drop)
}

/// Opens the first result, as a browser that comes from the results does.
pub(crate) async fn open_result(user: &mut GooseUser) -> TransactionResult {
    let Looking { words, results } = looking(user);
    let Some(path) = links(&results).find(|link| link.starts_with("/products/")) else { return Ok(()) };
    let from = user.build_url(&format!("/search?q={}", words.replace(' ', "%20")))?;
    let builder = user.get_request_builder(&GooseMethod::Get, &path)?.header("referer", from);
    let request = GooseRequest::builder()
        .method(GooseMethod::Get)
        .path(path.as_str())
        .name("result")
        .set_request_builder(builder);
    user.request(request.build()).await.map(drop)
}

async fn follow(user: &mut GooseUser, name: &str, fits: impl Fn(&str) -> bool) -> TransactionResult {
    let Some(path) = links(&looking(user).results).find(|link| link.starts_with("/search?q=") && fits(link)) else {
        return Ok(());
    };
    user.get_named(&path, name).await.map(drop)
}

fn looking(user: &GooseUser) -> Looking {
    let known = user.get_session_data::<Looking>().cloned();
    known.unwrap_or_else(|| Looking { words: any_words(), results: String::new() })
}

/// The last two words of a product's address: what it is, without its brand.
fn any_words() -> String {
    let slug = any_product().trim_start_matches("/products/");
    let words: Vec<&str> = slug.split('-').filter(|word| word.chars().all(char::is_alphabetic)).collect();
    words[words.len().saturating_sub(2)..].join(" ")
}

fn links(page: &str) -> impl Iterator<Item = String> + '_ {
    page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(|link| link.replace("&amp;", "&"))
}
