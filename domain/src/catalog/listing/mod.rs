//! Lists of products: what a shopper asked to see of a shelf, and the page that answers.
//!
//! A list is filtered, sorted, counted and cut here, purely, over the shelf's cards; the store
//! only has to bring the cards. Facets are disjunctive: the counts within one facet ignore that
//! facet's own filter, so that a second brand can be added to the first.

mod answer;
mod facet;
mod histogram;
mod request;
mod scale;
mod stars;
mod view;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use answer::{CategoryCount, ListPage, answer};
pub use facet::{Facet, FacetKind, FacetValue};
pub use histogram::{PriceBar, PriceHistogram, price_step};
pub use request::{Filters, ListRequest, PageNumber, Sort};
pub use stars::{LeastStars, StarCount};
pub use view::View;

use super::{
    AttributeName, AttributeText, Brand, CategoryId, DrawnPicture, OptionValue, Picture, ProductId, Rating, Seller,
    Sku, Slug, Title,
};
use crate::pricing::Price;
use crate::shipment::Delivery;
use crate::text::Texts;

/// Cards on one page of a list.
pub const PAGE_CARDS: u32 = 24;
/// Values of one facet that are offered beside a list, the most frequent.
pub const MAX_FACET_VALUES: usize = 12;
/// Values of a facet that is asked for as a whole, the most frequent: a page of more is read by nobody.
pub const MAX_WHOLE_FACET_VALUES: usize = 2_000;
/// Attributes that are offered as facets, the most telling first.
pub const MAX_ATTRIBUTE_FACETS: usize = 6;

/// A product as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ProductCard {
    pub id: ProductId,
    pub slug: Slug,
    pub title: Title,
    pub brand: Option<Brand>,
    #[serde(default)]
    pub seller: Seller,
    pub category: CategoryId,
    /// The lowest price of its variants.
    pub price: Price,
    /// Whether dearer variants exist: "from £12.50".
    pub price_varies: bool,
    pub list_price: Option<Price>,
    pub rating: Option<Rating>,
    pub picture: Option<Picture>,
    /// The colours it comes in.
    pub swatches: Vec<Swatch>,
    /// The SKU, where there is nothing to choose and a card can offer to add it.
    pub sole_sku: Option<Sku>,
    /// Whether it can be bought.
    pub in_stock: bool,
    /// The day that the first of it is expected, where it can be bought and nothing of it is there.
    #[serde(default)]
    pub waits_until: Option<Date>,
    pub added_at: Timestamp,
    /// Facts that can be filtered by, in words.
    pub facts: Vec<(AttributeName, AttributeText)>,
}

impl ProductCard {
    /// Lets the texts that many cards have in common share their memory.
    pub fn share_texts(&mut self, texts: &mut Texts) {
        self.seller.share(texts);
        self.category.share(texts);
        if let Some(brand) = &mut self.brand {
            brand.share(texts);
        }
        for (name, value) in &mut self.facts {
            name.share(texts);
            value.share(texts);
        }
        for Swatch { value, colour, .. } in &mut self.swatches {
            value.share(texts);
            colour.share(texts);
        }
        if let Some(Picture::Drawn(DrawnPicture { motif, colour, .. })) = &mut self.picture {
            motif.share(texts);
            colour.share(texts);
        }
    }

    /// Whether its price alone is delivered for nothing, whichever variant is chosen.
    pub fn has_free_delivery(&self) -> bool {
        Delivery::STANDARD_AT_HOME.is_free(self.price.money())
    }
}

/// One colour of a product: its name, the name of its paint, the SKU that shows it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Swatch {
    pub value: OptionValue,
    pub colour: Slug,
    pub sku: Sku,
}
