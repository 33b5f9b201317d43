//! One shopper's steps. Requests are named by their kind, so that the table has a line for each.

use goose::prelude::*;

use crate::store::{any_category, any_product};

/// What a buyer remembers between steps.
#[derive(Clone, Default)]
struct Chosen {
    sku: Option<String>,
}

pub(crate) async fn front_page(user: &mut GooseUser) -> TransactionResult {
    user.get_named("/", "front page").await.map(drop)
}

pub(crate) async fn category(user: &mut GooseUser) -> TransactionResult {
    user.get_named(any_category(), "category page").await.map(drop)
}

pub(crate) async fn product(user: &mut GooseUser) -> TransactionResult {
    let page = text(user.get_named(any_product(), "product page").await?).await;
    let sku = value_of(&page, "sku").filter(|_| !page.contains("Sold out"));
    user.set_session_data(Chosen { sku });
    Ok(())
}

pub(crate) async fn add_to_cart(user: &mut GooseUser) -> TransactionResult {
    let Some(sku) = user.get_session_data::<Chosen>().and_then(|chosen| chosen.sku.clone()) else { return Ok(()) };
    post(user, "/api/cart/lines", "add to cart", &[("sku", &sku), ("quantity", "1")]).await.map(drop)
}

pub(crate) async fn cart(user: &mut GooseUser) -> TransactionResult {
    user.get_named("/cart", "cart page").await.map(drop)
}

/// From the address to the placed order, as a browser without script would send it.
pub(crate) async fn check_out(user: &mut GooseUser) -> TransactionResult {
    if user.get_session_data::<Chosen>().is_none_or(|chosen| chosen.sku.is_none()) {
        return Ok(());
    }
    let contact = [
        ("email", "ada@example.com"),
        ("name", "Ada Lovelace"),
        ("phone", ""),
        ("line1", "12 St James's Square"),
        ("line2", ""),
        ("city", "London"),
        ("region", ""),
        ("postcode", "SW1Y 4JH"),
        ("country", "GB"),
    ];
    post(user, "/api/checkout/contact", "keep the address", &contact).await?;
    let payment = post(user, "/api/checkout/delivery", "keep the delivery", &[("delivery", "standard")]).await?;
    let Some(return_url) = value_of(&payment, "return_url") else { return Ok(()) };
    let card = [
        ("number", "4242424242424242"),
        ("expiry", "12/34"),
        ("cvc", "123"),
        ("name", "Ada Lovelace"),
        ("return_url", return_url.as_str()),
    ];
    let review = post(user, "/sandbox/payment_methods", "keep the card", &card).await?;
    let (Some(key), Some(seen)) = (value_of(&review, "key"), value_of(&review, "seen")) else { return Ok(()) };
    post(user, "/api/checkout/orders", "place the order", &[("key", &key), ("seen", &seen)]).await.map(drop)
}

/// Posts a form as a page does and answers the page it leads to.
async fn post(
    user: &mut GooseUser,
    path: &str,
    name: &str,
    form: &[(&str, &str)],
) -> Result<String, Box<TransactionError>> {
    let builder = user
        .get_request_builder(&GooseMethod::Post, path)?
        .header("accept", "text/html")
        .header("sec-fetch-site", "same-origin")
        .form(form);
    let request = GooseRequest::builder().method(GooseMethod::Post).path(path).name(name).set_request_builder(builder);
    Ok(text(user.request(request.build()).await?).await)
}

async fn text(answer: GooseResponse) -> String {
    match answer.response {
        Ok(response) => response.text().await.unwrap_or_default(),
        Err(_) => String::new(),
    }
}

/// The value of the first field of a name in a page's forms.
fn value_of(page: &str, name: &str) -> Option<String> {
    let named = format!("name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.contains(&named) && tag.contains("value=\""))?;
    let value = tag.split("value=\"").nth(1)?.split('"').next()?;
    Some(value.replace("&amp;", "&"))
}
