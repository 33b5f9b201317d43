//! What nothing fits of a query is given up, and told.

use super::*;

#[test]
fn prices_and_brands_that_nothing_fits_are_given_up_and_told() {
    let branded = |id: &str, title: &str, price: &str, brand: &str| Document {
        price: Some(price.parse().unwrap()),
        brand: Some(brand.parse().unwrap()),
        ..document(id, title)
    };
    let documents = [
        branded("red", "Red lamp", "10.00 GBP", "Orla"),
        branded("blue", "Blue lamp", "60.00 GBP", "PC Treasures"),
        branded("stool", "Oak stool", "3.00 GBP", "Tarn"),
    ];
    let (_folder, engine, _writer) = engine_with(&documents);
    let told = |query: &str| {
        let answer = engine.search(&request(query)).unwrap();
        let given_up: Vec<String> = answer.given_up.iter().map(ToString::to_string).collect();
        format!("{} of {}: {}", answer.complete, ids(&answer).join(" "), given_up.join(" "))
    };
    assert_eq!(told("red lamp under 20"), "1 of red: ");
    assert_eq!(told("under 5 red lamp"), "0 of red: under 5");
    assert_eq!(told("blue lamp over 100 under 200"), "0 of blue: over 100 under 200");
    // The price is kept where the brand is what nothing has, and the other way round.
    assert_eq!(told("lamp brand:orla over 50"), "0 of red: over 50");
    assert_eq!(told("lamp brand:orlla under 20"), "0 of red: brand:orlla");
    assert_eq!(told("brand:\"pc treasure\""), "0 of blue: brand:\"pc treasure\"");
    assert_eq!(told("lamp brand:orlla under 5"), "0 of red: brand:orlla under 5");
    // There is nothing near a price alone, and what must not be there stays away.
    assert_eq!(told("under 1"), "0 of : ");
    assert_eq!(told("lamp under 5 -blue"), "0 of red: under 5");
    assert_eq!(told("zeppelin under 5"), "0 of : ");
}

#[test]
fn what_is_given_up_is_given_up_on_every_page() {
    let (_folder, engine, _writer) = engine_with(&shelf());
    for order in [Order::Relevance, Order::PriceAscending] {
        let asked = Request { order, page_hits: 50, ..request("lamp under 0.50") };
        let page = engine.search(&asked).unwrap();
        let behind = engine.search(&Request { after: page.next, ..asked }).unwrap();
        let shown: BTreeSet<&str> = ids(&page).into_iter().chain(ids(&behind)).collect();
        assert_eq!((page.total, page.complete, behind.given_up.len(), shown.len()), (120, 0, 1, 100), "{order:?}");
    }
}
