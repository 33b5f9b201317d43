use std::fmt::Debug;
use std::str::FromStr;

use proptest::prelude::*;

use super::super::AttributeValue;
use super::*;
use crate::catalog::OwnRatings;
use crate::pricing::Money;

fn choice(name: &str, value: &str) -> Choice {
    Choice { name: name.parse().unwrap(), value: value.parse().unwrap() }
}

fn variant(sku: &str, colour: &str, size: &str) -> Variant {
    Variant {
        sku: sku.parse().unwrap(),
        choices: vec![choice("Colour", colour), choice("Size", size)],
        price: "12.50 GBP".parse().unwrap(),
        list_price: None,
        gtin: None,
        mpn: None,
        pictures: vec![],
    }
}

fn shirt() -> ProductDraft {
    let option = |name: &str, values: [&str; 2]| ProductOption {
        name: name.parse().unwrap(),
        values: values.map(|v| v.parse().unwrap()).to_vec(),
    };
    ProductDraft {
        id: "shirt".parse().unwrap(),
        slug: "shirt".parse().unwrap(),
        title: "Shirt".parse().unwrap(),
        description: None,
        brand: None,
        seller: Seller::default(),
        category: "clothing".parse().unwrap(),
        tax_class: TaxClass::Standard,
        attributes: vec![],
        options: vec![option("Colour", ["Red", "Blue"]), option("Size", ["S", "L"])],
        variants: vec![variant("a", "Red", "S"), variant("b", "Red", "L"), variant("c", "Blue", "S")],
        pictures: vec![],
        rating: None,
        added_at: Timestamp::UNIX_EPOCH,
        withdrawn: false,
    }
}

#[test]
fn choosing_a_colour_keeps_the_size_where_it_exists() {
    let product = Product::try_from(shirt()).unwrap();
    let from_large = product.variant(&"b".parse().unwrap()).unwrap();
    let from_small = product.first_variant();
    let blue = choice("Colour", "Blue");
    assert_eq!(product.choose(from_small, &blue).map(|v| v.sku.as_str()), Some("c"));
    assert_eq!(product.choose(from_large, &blue).map(|v| v.sku.as_str()), Some("c"));
    assert_eq!(product.choose(from_small, &choice("Size", "L")).map(|v| v.sku.as_str()), Some("b"));
    assert_eq!(product.choose(from_small, &choice("Size", "XXL")), None);
}

#[test]
fn what_can_be_bought_is_shown_before_what_can_not() {
    let product = Product::try_from(shirt()).unwrap();
    let shown = |stock: &[(&str, u32)]| {
        let available = stock.iter().map(|(sku, units)| (sku.parse().unwrap(), AvailableUnits(*units).into()));
        product.variant_to_show(&available.collect::<HashMap<_, _>>()).sku.to_string()
    };
    assert_eq!(shown(&[("a", 1), ("b", 9), ("c", 9)]), "a");
    assert_eq!(shown(&[("a", 0), ("b", 1), ("c", 9)]), "b");
    assert_eq!(shown(&[("c", 1)]), "c");
    assert_eq!(shown(&[("a", 0), ("b", 0), ("c", 0)]), "a");
}

#[test]
fn a_product_that_loses_variants_keeps_the_rules() {
    let product = Product::try_from(shirt()).unwrap();
    let sku = |raw: &str| raw.parse::<Sku>().unwrap();
    let rest = product.without(&[sku("c"), sku("unknown")]).unwrap();
    let values = |product: &Product| product.options.iter().map(|option| option.values.len()).collect::<Vec<_>>();
    assert_eq!((values(&product), values(&rest)), (vec![2, 2], vec![1, 2]));
    assert_eq!(Product::try_from(ProductDraft::from(rest.clone())), Ok(rest));
    assert_eq!(product.without(&[sku("a"), sku("b"), sku("c")]), None);
    assert!(!product.withdrawn && product.off_sale().withdrawn);
}

#[test]
fn a_product_that_breaks_a_rule_is_refused() {
    let broken = |change: fn(&mut ProductDraft)| {
        let mut draft = shirt();
        change(&mut draft);
        Product::try_from(draft).unwrap_err()
    };
    assert_eq!(broken(|d| d.variants.clear()), ProductError::NoVariant);
    assert!(matches!(broken(|d| d.variants[1].sku = "a".parse().unwrap()), ProductError::SkuTwice { .. }));
    assert!(matches!(
        broken(|d| d.variants[1].choices = d.variants[0].choices.clone()),
        ProductError::ChoicesTwice { .. }
    ));
    assert!(matches!(broken(|d| drop(d.variants[2].choices.pop())), ProductError::ChoicesDiffer { .. }));
    assert!(matches!(
        broken(|d| d.variants[2].price = "9 USD".parse().unwrap()),
        ProductError::CurrenciesDiffer { .. }
    ));
    assert!(matches!(
        broken(|d| d.variants[2].list_price = Some("12.50 GBP".parse().unwrap())),
        ProductError::ListPrice { .. }
    ));
    let many = |count: usize| {
        let mut draft = shirt();
        draft.options.truncate(1);
        draft.options[0].values = (0..count).map(|n| format!("v{n}").parse().unwrap()).collect();
        draft.variants = (0..count)
            .map(|n| Variant {
                choices: vec![choice("Colour", &format!("v{n}"))],
                ..variant(&format!("s{n}"), "Red", "S")
            })
            .collect();
        Product::try_from(draft)
    };
    assert!(many(Product::MAX_VARIANTS).is_ok());
    assert_eq!(many(Product::MAX_VARIANTS + 1), Err(ProductError::TooManyVariants));
}

#[test]
fn options_attributes_and_pictures_have_limits() {
    let with = |change: &dyn Fn(&mut ProductDraft)| {
        let mut draft = shirt();
        change(&mut draft);
        Product::try_from(draft).map(drop)
    };
    let options = |count: usize| {
        with(&|draft| {
            let names = || (0..count).map(|number| format!("Option {number}"));
            let values = || vec!["One".parse().unwrap()];
            draft.options = names().map(|n| ProductOption { name: n.parse().unwrap(), values: values() }).collect();
            draft.variants.truncate(1);
            draft.variants[0].choices = names().map(|name| choice(&name, "One")).collect();
        })
    };
    assert_eq!(options(Product::MAX_OPTIONS), Ok(()));
    assert_eq!(options(Product::MAX_OPTIONS + 1), Err(ProductError::TooManyOptions));
    let attributes = |count: usize| {
        with(&|draft| {
            let attribute = |number| Attribute {
                name: format!("Fact {number}").parse().unwrap(),
                value: AttributeValue::Flag { yes: true },
            };
            draft.attributes = (0..count).map(attribute).collect();
        })
    };
    assert_eq!(attributes(Product::MAX_ATTRIBUTES), Ok(()));
    assert_eq!(attributes(Product::MAX_ATTRIBUTES + 1), Err(ProductError::TooManyAttributes));
    let pictures = |count: usize| {
        with(&|draft| {
            let picture =
                |number| Picture::Remote { url: format!("https://pictures.example/{number}.jpg").parse().unwrap() };
            draft.pictures = (0..count).map(picture).collect();
        })
    };
    assert_eq!(pictures(Picture::MAX_PER_PRODUCT), Ok(()));
    assert_eq!(pictures(Picture::MAX_PER_PRODUCT + 1), Err(ProductError::TooManyPictures));
}

#[test]
fn a_stored_product_is_checked_when_it_is_read() {
    let product = Product::try_from(shirt()).unwrap();
    let mut stored = serde_json::to_value(&product).unwrap();
    assert_eq!(serde_json::from_value::<Product>(stored.clone()).unwrap(), product);
    stored["variants"] = serde_json::json!([]);
    assert!(serde_json::from_value::<Product>(stored).is_err());
}

/// Words of any language, as a text of them is stored.
fn words<T: FromStr<Err: Debug> + Debug>() -> impl Strategy<Value = T> {
    r"\p{L}[\p{L}\p{N}\p{P}\p{S} ]{0,30}\p{L}".prop_map(|words| words.parse().unwrap())
}

fn any_picture() -> impl Strategy<Value = Picture> {
    prop_oneof![
        "desk-lamp\\.[a-z]{1,9}\\.[0-9]{1,9}\\.[0-9]".prop_map(|drawn| Picture::Drawn(drawn.parse().unwrap())),
        "https://[a-z]{1,9}\\.example/[a-z0-9%?&=]{0,20}".prop_map(|url| Picture::Remote { url: url.parse().unwrap() }),
    ]
}

fn any_attribute() -> impl Strategy<Value = Attribute> {
    let value = prop_oneof![words::<String>(), "[0-9]{1,9}(\\.[0-9]{1,3})? (mm|kg|W)", Just("no".to_owned())];
    (words(), value).prop_map(|(name, value)| Attribute { name, value: AttributeValue::from_words(&value).unwrap() })
}

fn any_rating() -> impl Strategy<Value = Option<Rating>> {
    (100_u16..=500, 0_u32..9_999, prop::collection::vec(1_u32..=5, 0..9)).prop_map(|(average, count, given)| {
        let own = OwnRatings::new(given.iter().sum(), u32::try_from(given.len()).unwrap()).unwrap();
        Rating::with_own(Rating::new(average, count).ok(), own)
    })
}

/// Variants that differ in their colours.
fn any_variants() -> impl Strategy<Value = Vec<Variant>> {
    let colours = prop::collection::btree_set(words::<OptionValue>(), 1..6);
    let currency = prop::sample::select(vec![Currency::GBP, Currency::JPY, Currency::KWD]);
    let reduced = prop::option::of(1_i64..100);
    let dressed = (reduced, prop::option::of(words()), prop::collection::vec(any_picture(), 0..3));
    (colours, currency, prop::collection::vec((1_i64..=Price::MAX_MINOR_UNITS - 100, dressed), 5)).prop_map(
        |(colours, currency, offers)| {
            let price = |minor_units| Price::try_from(Money::new(minor_units, currency)).unwrap();
            let offered = colours.into_iter().zip(offers).enumerate();
            let variants = offered.map(|(place, (colour, (minor_units, (reduced, mpn, pictures))))| Variant {
                sku: format!("s{place}").parse().unwrap(),
                choices: vec![Choice { name: "Colour".parse().unwrap(), value: colour }],
                price: price(minor_units),
                list_price: reduced.map(|by| price(minor_units + by)),
                gtin: reduced.map(|_| "4006381333931".parse().unwrap()),
                mpn,
                pictures,
            });
            variants.collect()
        },
    )
}

prop_compose! {
    fn any_draft()(
        (title, description, brand, seller) in (words(), prop::option::of(words()), prop::option::of(words()), words()),
        attributes in prop::collection::vec(any_attribute(), 0..5),
        variants in any_variants(),
        pictures in prop::collection::vec(any_picture(), 0..3),
        rating in any_rating(),
        (added_ms, withdrawn) in (0_i64..4_000_000_000_000, any::<bool>()),
    ) -> ProductDraft {
        let values = variants.iter().flat_map(|variant| &variant.choices).map(|choice| choice.value.clone()).collect();
        let options = vec![ProductOption { name: "Colour".parse().unwrap(), values }];
        ProductDraft {
            title, description, brand, seller, attributes, options, variants, pictures, rating, withdrawn,
            added_at: Timestamp::from_millisecond(added_ms).unwrap(),
            ..shirt()
        }
    }
}

proptest! {
    #[test]
    fn a_product_reads_back_as_it_was_stored(draft in any_draft()) {
        let product = Product::try_from(draft).unwrap();
        let stored = serde_json::to_value(&product).unwrap();
        prop_assert_eq!(serde_json::from_value::<Product>(stored).unwrap(), product);
    }
}
