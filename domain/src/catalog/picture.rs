use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ExternalUrl, Slug};

/// A picture of a product: one that the store draws itself, or one at a seller's address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Picture {
    Drawn(DrawnPicture),
    Remote { url: ExternalUrl },
}

impl Picture {
    /// Most pictures of one product or variant; Merchant Center allows one and ten more.
    pub const MAX_PER_PRODUCT: usize = 11;
    /// Width and height of every drawn picture, in CSS pixels.
    pub const SIDE_PIXELS: u32 = 800;

    /// What goes into `src`.
    pub fn src(&self) -> String {
        match self {
            Self::Drawn(drawn) => format!("/pictures/{drawn}.svg"),
            Self::Remote { url } => url.to_string(),
        }
    }
}

/// Everything that a drawing depends on, so that its address can be cached for ever.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DrawnPicture {
    /// What is drawn: `desk-lamp`. A motif without a drawing of its own is drawn as a parcel.
    pub motif: Slug,
    /// The colour's name: `forest`.
    pub colour: Slug,
    /// Chooses among the forms that a motif can take.
    pub seed: u32,
    /// 0 is the front; the others show it from aside, in detail, in use.
    pub view: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("must look like desk-lamp.forest.7.0")]
pub struct PictureError;

impl fmt::Display for DrawnPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.motif, self.colour, self.seed, self.view)
    }
}

impl FromStr for DrawnPicture {
    type Err = PictureError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let parts: Vec<&str> = raw.split('.').collect();
        let [motif, colour, seed, view] = parts.as_slice() else { return Err(PictureError) };
        Ok(Self {
            motif: motif.parse().map_err(|_| PictureError)?,
            colour: colour.parse().map_err(|_| PictureError)?,
            seed: seed.parse().map_err(|_| PictureError)?,
            view: view.parse().map_err(|_| PictureError)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_drawing_says_all_of_it() {
        let drawn: DrawnPicture = "desk-lamp.forest.7.1".parse().unwrap();
        assert_eq!(Picture::Drawn(drawn.clone()).src(), "/pictures/desk-lamp.forest.7.1.svg");
        assert_eq!(drawn.to_string().parse(), Ok(drawn));
        for wrong in ["", "desk-lamp", "desk-lamp.forest.x.1", "../x.forest.1.1", "a.b.1.300"] {
            assert_eq!(wrong.parse::<DrawnPicture>(), Err(PictureError));
        }
    }
}
