use crate::audit::Rule;

/// What must hold of sagas and keys. A query finds what breaks its rule, a line of text for each.
pub(crate) const RULES: [Rule; 2] = [
    Rule {
        name: "a key remembers success only",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || ' and has its key still' AS breach
            FROM idempotency_keys JOIN orders ON orders.id = idempotency_keys.order_id
            WHERE orders.state = 'declined'",
    },
    Rule {
        name: "an order that waits has a saga that goes on",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || ' and nothing goes on with it' AS breach
            FROM orders LEFT JOIN sagas ON sagas.order_id = orders.id
            WHERE orders.state IN ('pending', 'cancelling') AND (sagas.order_id IS NULL OR sagas.finished = 1)",
    },
];

/// Sagas that wait for an operator: no breach, but somebody has to know.
pub(crate) const SET_ASIDE: &str = "SELECT COUNT(*) FROM sagas WHERE finished = 0 AND set_aside = 1";
