/// A rule of the books that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub rule: &'static str,
    /// How often it is broken.
    pub count: u64,
    /// The first breaches, a line for a person each.
    pub shown: Vec<String>,
}

/// What an audit of the books found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Findings {
    /// How many rules were asked about.
    pub rules: u32,
    pub orders: u64,
    pub broken: Vec<Broken>,
    /// Purchases that wait for an operator.
    pub set_aside: u64,
    /// A gateway elsewhere was asked for its payments and did not answer: nobody knows whether it agrees.
    pub is_gateway_silent: bool,
}
