//! Catalog: what the store sells. Product, variant, category, attribute and the pages of a list.
//! Guards the rule that a product always has at least one variant, that all its variants choose
//! among the same options and are priced in one currency. Imports and the demo make products;
//! pages read them through the port; stock is another noun's business.

mod attribute;
mod category;
mod condition;
mod fit;
mod ids;
pub mod listing;
mod paint;
mod picture;
#[cfg(feature = "ports")]
pub mod ports;
mod product;
mod rating;

pub use attribute::{Attribute, AttributeName, AttributeText, AttributeValue, Measure, Unit};
pub use category::{Category, CategoryId, CategoryName, CategoryPath, CategoryPathError, CategoryTree};
pub use condition::Condition;
pub use ids::{
    Brand, Description, ExternalUrl, Gtin, Mpn, OptionName, OptionValue, ProductId, Seller, Sku, Slug, Title,
};
pub use paint::Paint;
pub use picture::{DrawnPicture, Picture, PictureError};
pub use product::{Choice, Product, ProductDraft, ProductError, ProductOption, Variant};
pub use rating::{OwnRatings, Rating, RatingError};
