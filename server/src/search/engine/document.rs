use domain::catalog::{
    AttributeName, AttributeText, Brand, Category, Description, Product, ProductId, Rating, Seller, Title,
};
use domain::pricing::Price;
use jiff::Timestamp;

/// A product as it is searched for; its variants fold into it.
#[derive(Debug, Clone)]
pub(crate) struct Document {
    pub(crate) id: ProductId,
    pub(crate) title: Title,
    pub(crate) description: Option<Description>,
    pub(crate) brand: Option<Brand>,
    pub(crate) seller: Seller,
    /// From the top of the store to the shelf it is filed under.
    pub(crate) path: Vec<Category>,
    /// Attributes, and every value that a variant chooses.
    pub(crate) facts: Vec<(AttributeName, AttributeText)>,
    /// SKU, GTIN and model number of every variant.
    pub(crate) codes: Vec<String>,
    /// The lowest of its variants.
    pub(crate) price: Option<Price>,
    /// Whether at least one variant can be bought now.
    pub(crate) available: bool,
    pub(crate) rating: Option<Rating>,
    pub(crate) added_at: Timestamp,
    /// Units sold.
    pub(crate) popularity: u32,
    /// What shoppers made of it lately, in units sold.
    pub(crate) interest: u32,
}

impl Document {
    /// What tells its meaning, the most important first.
    pub(super) fn text(&self) -> String {
        let shelf = self.path.last().map(|category| category.name.as_str());
        let parts = [Some(self.title.as_str()), self.brand.as_ref().map(Brand::as_str), shelf];
        let description = self.description.as_ref().map(Description::as_str);
        parts.into_iter().chain([description]).flatten().collect::<Vec<_>>().join(". ")
    }

    /// Folds a product's variants. `path` runs from the top of the store to the product's category.
    pub(crate) fn new(product: &Product, path: Vec<Category>, available: bool, popularity: u32) -> Self {
        let mut codes: Vec<String> = Vec::new();
        for variant in &product.variants {
            codes.push(variant.sku.to_string());
            codes.extend(variant.gtin.iter().map(ToString::to_string));
            codes.extend(variant.mpn.iter().map(ToString::to_string));
        }
        let attributes = product
            .attributes
            .iter()
            .filter_map(|attribute| Some((attribute.name.clone(), attribute.value.to_string().parse().ok()?)));
        let options = product.options.iter().flat_map(|option| {
            let name = option.name.as_str().parse::<AttributeName>().ok();
            option.values.iter().filter_map(move |value| Some((name.clone()?, value.as_str().parse().ok()?)))
        });
        Self {
            id: product.id.clone(),
            title: product.title.clone(),
            description: product.description.clone(),
            brand: product.brand.clone(),
            seller: product.seller.clone(),
            path,
            facts: attributes.chain(options).collect(),
            codes,
            price: Some(product.lowest_price()),
            available,
            rating: product.rating,
            added_at: product.added_at,
            popularity,
            interest: 0,
        }
    }
}
