use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bounded_text;
use crate::text::{Lines, TextError, Texts, hyphenate};

bounded_text!(
    /// One step of a category path: Table lamps.
    CategoryName, 100
);

/// The address of a category: the slugs of its path joined by `/`, such as `home/lighting`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CategoryId(Arc<str>);

impl CategoryId {
    pub const MAX_CHARS: u32 = 500;

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Lets equal ids share their memory.
    pub fn share(&mut self, texts: &mut Texts) {
        texts.share(&mut self.0);
    }

    pub fn parent(&self) -> Option<Self> {
        self.0.rsplit_once('/').map(|(parent, _)| Self(parent.into()))
    }

    /// Whether this is the other category or one below it.
    pub fn is_within(&self, other: &Self) -> bool {
        self.0.strip_prefix(&*other.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// This category and the ones above it, the nearest first.
    pub fn lineage(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }
}

impl FromStr for CategoryId {
    type Err = TextError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let text = crate::text::parse_bounded(raw, Self::MAX_CHARS, Lines::One)?;
        if text.split('/').all(|step| !step.is_empty() && hyphenate(step) == step) {
            Ok(Self(text.into()))
        } else {
            Err(TextError::Shape { example: "home/lighting" })
        }
    }
}

impl TryFrom<String> for CategoryId {
    type Error = TextError;

    fn try_from(raw: String) -> Result<Self, Self::Error> {
        raw.parse()
    }
}

impl From<CategoryId> for String {
    fn from(id: CategoryId) -> Self {
        id.0.as_ref().to_owned()
    }
}

impl fmt::Display for CategoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A path from the top, as feeds write it: `Home > Lighting > Table lamps`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CategoryPath(Vec<Category>);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CategoryPathError {
    #[error("a step of the path {0}")]
    Step(#[from] TextError),
    #[error("must have at most {max} steps", max = CategoryPath::MAX_STEPS)]
    TooDeep,
}

impl CategoryPath {
    pub const MAX_STEPS: usize = 8;

    /// The categories of the path, the top first.
    pub fn steps(&self) -> &[Category] {
        &self.0
    }

    /// The last category, the one that the product is filed under.
    pub fn leaf(&self) -> &Category {
        // `from_str` is the only door and refuses a path without steps.
        &self.0[self.0.len() - 1]
    }
}

impl FromStr for CategoryPath {
    type Err = CategoryPathError;

    fn from_str(raw: &str) -> Result<Self, Self::Err> {
        let mut steps: Vec<Category> = Vec::new();
        for name in raw.split('>') {
            if steps.len() == Self::MAX_STEPS {
                return Err(CategoryPathError::TooDeep);
            }
            let name: CategoryName = name.parse()?;
            let slug = hyphenate(name.as_str());
            if slug.is_empty() {
                return Err(TextError::Shape { example: "Home > Lighting" }.into());
            }
            let id = steps.last().map_or(slug.clone(), |above| format!("{}/{slug}", above.id));
            steps.push(Category { id: id.parse()?, name });
        }
        Ok(Self(steps))
    }
}

/// A shelf of the store: its address and its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Category {
    pub id: CategoryId,
    pub name: CategoryName,
}

/// All categories, by address; knows who is above and below whom.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CategoryTree {
    categories: BTreeMap<CategoryId, CategoryName>,
}

impl CategoryTree {
    pub fn get(&self, id: &CategoryId) -> Option<Category> {
        self.categories.get(id).map(|name| Category { id: id.clone(), name: name.clone() })
    }

    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    /// Every category, each after the one above it.
    pub fn iter(&self) -> impl Iterator<Item = (&CategoryId, &CategoryName)> {
        self.categories.iter()
    }

    /// The categories at the top of the store, by name.
    pub fn top(&self) -> Vec<Category> {
        self.below(|id| !id.as_str().contains('/'))
    }

    /// The categories directly below one, by name.
    pub fn children(&self, parent: &CategoryId) -> Vec<Category> {
        self.below(|id| {
            id.as_str()
                .strip_prefix(parent.as_str())
                .and_then(|rest| rest.strip_prefix('/'))
                .is_some_and(|step| !step.contains('/'))
        })
    }

    fn below(&self, belongs: impl Fn(&CategoryId) -> bool) -> Vec<Category> {
        let mut found: Vec<Category> = self
            .categories
            .iter()
            .filter(|(id, _)| belongs(id))
            .map(|(id, name)| Category { id: id.clone(), name: name.clone() })
            .collect();
        found.sort_by(|a, b| a.name.cmp(&b.name));
        found
    }

    /// The tree without the categories that stand empty: what is left is filled, or above what is.
    #[must_use]
    pub fn without_empty(mut self, filled: &[CategoryId]) -> Self {
        let kept: BTreeSet<CategoryId> = filled.iter().flat_map(CategoryId::lineage).collect();
        self.categories.retain(|id, _| kept.contains(id));
        self
    }

    /// The trail of breadcrumbs to a category: the top first, itself last.
    pub fn trail(&self, id: &CategoryId) -> Vec<Category> {
        let mut trail: Vec<Category> = id.lineage().filter_map(|step| self.get(&step)).collect();
        trail.reverse();
        trail
    }
}

impl FromIterator<Category> for CategoryTree {
    fn from_iter<I: IntoIterator<Item = Category>>(categories: I) -> Self {
        Self { categories: categories.into_iter().map(|c| (c.id, c.name)).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tree(paths: &[&str]) -> CategoryTree {
        paths
            .iter()
            .flat_map(|path| path.parse::<CategoryPath>().map(|p| p.steps().to_vec()).unwrap_or_default())
            .collect()
    }

    #[test]
    fn a_path_names_its_categories_from_the_top() {
        let path: CategoryPath = "Home & Garden > Lighting>Table lamps".parse().unwrap();
        let ids: Vec<&str> = path.steps().iter().map(|c| c.id.as_str()).collect();
        assert_eq!(ids, ["home-garden", "home-garden/lighting", "home-garden/lighting/table-lamps"]);
        assert!("Home > > Lamps".parse::<CategoryPath>().is_err());
        assert!("a>b>c>d>e>f>g>h".parse::<CategoryPath>().is_ok());
        assert_eq!("a>b>c>d>e>f>g>h>i".parse::<CategoryPath>(), Err(CategoryPathError::TooDeep));
    }

    #[test]
    fn a_tree_knows_above_and_below() {
        let tree = tree(&["Home > Lighting > Lamps", "Home > Kitchen", "Homeware"]);
        let names = |found: Vec<Category>| found.iter().map(|c| c.name.to_string()).collect::<Vec<_>>();
        let home: CategoryId = "home".parse().unwrap();
        assert_eq!(names(tree.top()), ["Home", "Homeware"]);
        assert_eq!(names(tree.children(&home)), ["Kitchen", "Lighting"]);
        assert_eq!(names(tree.trail(&"home/lighting/lamps".parse().unwrap())), ["Home", "Lighting", "Lamps"]);
        assert!("home/lighting/lamps".parse::<CategoryId>().unwrap().is_within(&home));
        assert!(!"homeware".parse::<CategoryId>().unwrap().is_within(&home));
    }

    #[test]
    fn a_category_stays_in_a_tree_while_it_or_one_below_it_is_filled() {
        let all = tree(&["Home > Lighting > Lamps", "Home > Kitchen", "Homeware"]);
        let left = |filled: &[&str]| {
            let filled: Vec<CategoryId> = filled.iter().map(|id| id.parse().unwrap()).collect();
            let tree = all.clone().without_empty(&filled);
            tree.iter().map(|(id, _)| id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(left(&["home/lighting"]), ["home", "home/lighting"]);
        assert_eq!(left(&["home/kitchen", "homeware"]), ["home", "home/kitchen", "homeware"]);
        assert!(left(&["nowhere"]).is_empty());
    }

    proptest! {
        #[test]
        fn any_text_is_a_path_or_an_error(raw in ".{0,80}") {
            if let Ok(path) = raw.parse::<CategoryPath>() {
                let trail = tree(&[&raw]).trail(&path.leaf().id);
                prop_assert_eq!(trail.len(), path.steps().len());
            }
        }
    }
}
