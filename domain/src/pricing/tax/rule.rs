use super::{TaxClass, TaxRate};

/// How the tax of a jurisdiction comes to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collection {
    /// Prices contain it, and the store passes it on.
    Included,
    /// The store adds it to prices.
    Added,
    /// The store has nothing to do with it: whoever brings goods into the country is asked for it.
    AtImport,
}

impl Collection {
    /// What is said of tax beside a total that it was not counted for yet.
    pub const fn note(self) -> &'static str {
        match self {
            Self::Included => "Includes VAT",
            Self::Added => "Taxes are calculated at checkout",
            Self::AtImport => "Without import VAT and duty",
        }
    }

    /// Whether the store asks for the tax, so that nobody else does.
    pub const fn is_by_store(self) -> bool {
        !matches!(self, Self::AtImport)
    }
}

/// What a jurisdiction rounds to whole minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounding {
    /// The tax of each line.
    Line,
    /// The tax of the order at each rate.
    Order,
}

/// What one jurisdiction asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TaxRule {
    pub collection: Collection,
    pub rounding: Rounding,
    pub standard: TaxRate,
    pub reduced: TaxRate,
    pub super_reduced: TaxRate,
    /// What the charge for delivery is taxed at.
    pub delivery: TaxRate,
    /// Whether a business from here that buys abroad owes the tax itself (Article 196 of Directive
    /// 2006/112/EC, and the laws of other countries after it).
    pub has_reverse_charge: bool,
}

impl TaxRule {
    pub const fn rate(&self, class: TaxClass) -> TaxRate {
        match class {
            TaxClass::Standard => self.standard,
            TaxClass::Reduced => self.reduced,
            TaxClass::SuperReduced => self.super_reduced,
            TaxClass::Zero => TaxRate::ZERO,
        }
    }
}
