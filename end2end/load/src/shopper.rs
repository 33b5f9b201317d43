//! One shopper's steps. Requests are named by their kind, so that the table has a line for each.

use goose::goose::GooseResponse;
use goose::prelude::*;

use crate::store::{any_category, any_product};

/// Products that a buyer looks at before giving up.
const MAX_LOOKS: u32 = 10;

const ADA: [(&str, &str); 9] = [
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

/// What a buyer remembers between steps.
#[derive(Clone)]
struct Chosen {
    sku: String,
}

pub(crate) async fn front_page(user: &mut GooseUser) -> TransactionResult {
    user.get_named("/", "front page").await.map(drop)
}

pub(crate) async fn category(user: &mut GooseUser) -> TransactionResult {
    user.get_named(any_category(), "category page").await.map(drop)
}

pub(crate) async fn product(user: &mut GooseUser) -> TransactionResult {
    user.get_named(any_product(), "product page").await.map(drop)
}

/// Looks at products until one can be bought as it stands.
pub(crate) async fn product_to_buy(user: &mut GooseUser) -> TransactionResult {
    for _ in 0..MAX_LOOKS {
        let answer = user.get_named(any_product(), "product page").await?;
        let page = read(user, answer, "/products/").await?;
        // The product's own form stands before those of its neighbours.
        let form = page.split("id=\"buy\"").nth(1).and_then(|rest| rest.split("</form>").next()).unwrap_or_default();
        if let (Some(sku), false) = (value_of(form, "sku"), form.contains(" disabled")) {
            user.set_session_data(Chosen { sku });
            return Ok(());
        }
    }
    Ok(())
}

pub(crate) async fn add_to_cart(user: &mut GooseUser) -> TransactionResult {
    let Some(Chosen { sku }) = user.get_session_data::<Chosen>().cloned() else { return Ok(()) };
    post(user, "/api/cart/lines", "add to cart", &[("sku", &sku), ("quantity", "1")], "/cart").await.map(drop)
}

pub(crate) async fn cart(user: &mut GooseUser) -> TransactionResult {
    user.get_named("/cart", "cart page").await.map(drop)
}

/// From the address to the placed order, as a browser without script would send it. What was
/// bought is gone from the cart afterwards, so the next round starts with another product.
pub(crate) async fn check_out(user: &mut GooseUser) -> TransactionResult {
    if user.get_session_data::<Chosen>().is_none() {
        return Ok(());
    }
    post(user, "/api/checkout/contact", "keep the address", &ADA, "/checkout/delivery").await?;
    let form = [("delivery", "standard")];
    let payment = post(user, "/api/checkout/delivery", "keep the delivery", &form, "/checkout/payment").await?;
    let return_url = value_of(&payment, "return_url").unwrap_or_default();
    let card = [
        ("number", "4242424242424242"),
        ("expiry", "12/39"),
        ("cvc", "123"),
        ("name", "Ada Lovelace"),
        ("return_url", return_url.as_str()),
    ];
    let review = post(user, "/sandbox/payment_methods", "keep the card", &card, "/checkout/review").await?;
    let field = |name| value_of(&review, name).unwrap_or_default();
    let (key, seen, reviewed) = (field("key"), field("seen"), field("reviewed"));
    let form = [("key", key.as_str()), ("seen", seen.as_str()), ("reviewed", reviewed.as_str())];
    post(user, "/api/checkout/orders", "place the order", &form, "/orders/CG-").await.map(drop)
}

/// Posts a form as a page does and answers the page it leads to; leading elsewhere is a failure.
async fn post(
    user: &mut GooseUser,
    path: &str,
    name: &str,
    form: &[(&str, &str)],
    leads_to: &str,
) -> Result<String, Box<TransactionError>> {
    let builder = user
        .get_request_builder(&GooseMethod::Post, path)?
        .header("accept", "text/html")
        .header("sec-fetch-site", "same-origin")
        .form(form);
    let request = GooseRequest::builder().method(GooseMethod::Post).path(path).name(name).set_request_builder(builder);
    let answer = user.request(request.build()).await?;
    read(user, answer, leads_to).await
}

/// The page that was answered, which must be under a path.
pub(crate) async fn read(
    user: &mut GooseUser,
    answer: GooseResponse,
    under: &str,
) -> Result<String, Box<TransactionError>> {
    let GooseResponse { mut request, response } = answer;
    let Ok(response) = response else {
        user.set_failure("no answer", &mut request, None, None)?;
        return Ok(String::new());
    };
    let (headers, url) = (response.headers().clone(), response.url().clone());
    let page = response.text().await.unwrap_or_default();
    if url.path().starts_with(under) && url.query().is_none_or(|query| !query.contains("__err=")) {
        return Ok(page);
    }
    let tag = format!("led to {url} instead of {under}");
    user.set_failure(&tag, &mut request, Some(&headers), Some(&page))?;
    Ok(page)
}

/// The value of the first field of a name in a page's forms.
fn value_of(page: &str, name: &str) -> Option<String> {
    let named = format!("name=\"{name}\"");
    let tag = page.split('<').find(|tag| tag.contains(&named) && tag.contains("value=\""))?;
    let value = tag.split("value=\"").nth(1)?.split('"').next()?;
    Some(value.replace("&amp;", "&"))
}
