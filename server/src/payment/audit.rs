use crate::audit::Rule;

/// What must hold of the ledger. A query finds what breaks its rule, a line of text for each.
pub(crate) const LEDGER_RULES: [Rule; 3] = [
    Rule {
        name: "every posting sums to zero",
        breaches: "
            SELECT posting_id || ': ' || SUM(minor_units) || ' minor units of ' || currency || ' ' || layer AS breach
            FROM ledger_entries GROUP BY posting_id, layer, currency HAVING SUM(minor_units) <> 0",
    },
    Rule {
        name: "every posting has entries",
        breaches: "
            SELECT ledger_postings.id || ' of order ' || ledger_postings.order_id AS breach
            FROM ledger_postings LEFT JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
            WHERE ledger_entries.posting_id IS NULL",
    },
    Rule {
        name: "the ledger holds the total of each order that stands, and nothing of any other",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || ' over ' || orders.total_minor_units
                || '; the ledger holds ' || COALESCE(held.minor_units, 0) || ' minor units' AS breach
            FROM orders LEFT JOIN (
                SELECT order_id, currency, SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE account = 'gateway' AND layer = 'pending' GROUP BY order_id, currency
            ) AS held ON held.order_id = orders.id
            WHERE COALESCE(held.minor_units, 0) <> CASE
                    WHEN orders.state IN ('pending', 'declined', 'cancelled') THEN 0
                    ELSE orders.total_minor_units END
                OR held.currency <> orders.currency",
    },
];

/// What must hold of the embedded sandbox, whose books are at hand.
pub(crate) const SANDBOX_RULES: [Rule; 3] = [
    Rule {
        name: "the gateway holds the total of each order that stands",
        breaches: "
            SELECT orders.number || ' over ' || orders.total_minor_units || ' ' || orders.currency
                || '; the gateway holds ' || COALESCE(held.amount_minor_units, 0) || ' '
                || COALESCE(held.currency, '') AS breach
            FROM orders LEFT JOIN sandbox_authorizations AS held
                ON held.idempotency_key = orders.id AND held.decline_reason IS NULL AND held.voided = 0
            WHERE orders.state NOT IN ('pending', 'declined', 'cancelling', 'cancelled')
                AND orders.total_minor_units > 0
                AND (held.id IS NULL OR held.amount_minor_units <> orders.total_minor_units
                    OR held.currency <> orders.currency)",
    },
    Rule {
        name: "the gateway holds no money of an order that ended",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || '; the gateway holds ' || held.amount_minor_units || ' '
                || held.currency AS breach
            FROM orders JOIN sandbox_authorizations AS held
                ON held.idempotency_key = orders.id AND held.decline_reason IS NULL AND held.voided = 0
            WHERE orders.state IN ('declined', 'cancelled')",
    },
    Rule {
        name: "the gateway holds no money without an order",
        breaches: "
            SELECT held.id || ': ' || held.amount_minor_units || ' ' || held.currency AS breach
            FROM sandbox_authorizations AS held LEFT JOIN orders ON orders.id = held.idempotency_key
            WHERE orders.id IS NULL AND held.decline_reason IS NULL AND held.voided = 0",
    },
];
