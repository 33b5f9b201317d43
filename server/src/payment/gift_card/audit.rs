use crate::audit::Rule;

/// What must hold of gift cards. A query finds what breaks its rule, a line of text for each.
pub(crate) const GIFT_CARD_RULES: [Rule; 5] = [
    Rule {
        name: "what is left on a gift card is what its movements say",
        breaches: "
            SELECT 'the card ending in ' || gift_cards.tail || ': ' || gift_cards.balance_minor_units || ' of '
                || gift_cards.issued_minor_units || ' ' || gift_cards.currency || ' left; its movements say '
                || COALESCE(moved.balance, 0) || ' of ' || COALESCE(moved.issued, 0) AS breach
            FROM gift_cards LEFT JOIN (
                SELECT gift_card_id, SUM(minor_units) AS balance,
                    SUM(CASE WHEN kind = 'issue' THEN minor_units ELSE 0 END) AS issued
                FROM gift_card_movements GROUP BY gift_card_id
            ) AS moved ON moved.gift_card_id = gift_cards.id
            WHERE gift_cards.balance_minor_units <> COALESCE(moved.balance, 0)
                OR gift_cards.issued_minor_units <> COALESCE(moved.issued, 0)",
    },
    // What is charged otherwise moves first, both ways: gift cards have what comes beyond it.
    Rule {
        name: "an order has of gift cards what it holds and has spent, and nothing when it ended",
        breaches: "
            SELECT paid.number || ' is ' || paid.state || ', captured ' || paid.captured || ' and refunded '
                || paid.refunded || ' beyond what is charged; it has ' || paid.taken || ' of ' || paid.whole
                || ' of gift cards' AS breach
            FROM (
                SELECT orders.number, orders.state, orders.settled, moved.whole, moved.taken,
                    CASE WHEN orders.captured_minor_units > orders.total_minor_units - moved.whole
                        THEN orders.captured_minor_units - orders.total_minor_units + moved.whole
                        ELSE 0 END AS captured,
                    CASE WHEN orders.refunded_minor_units > orders.total_minor_units - moved.whole
                        THEN orders.refunded_minor_units - orders.total_minor_units + moved.whole
                        ELSE 0 END AS refunded
                FROM orders JOIN (
                    SELECT order_id, -SUM(minor_units) AS taken,
                        SUM(CASE WHEN kind = 'hold' THEN -minor_units ELSE 0 END) AS whole
                    FROM gift_card_movements WHERE order_id IS NOT NULL GROUP BY order_id
                ) AS moved ON moved.order_id = orders.id
            ) AS paid
            WHERE paid.taken <> CASE
                WHEN paid.state IN ('declined', 'cancelled') THEN 0
                WHEN paid.settled = 1 THEN paid.captured - paid.refunded
                ELSE paid.whole - paid.refunded END",
    },
    // Who removes an account leaves its orders and its credit to nobody.
    Rule {
        name: "store credit pays for orders of its account alone",
        breaches: "
            SELECT orders.number || ' is of ' || COALESCE(orders.account_id, 'nobody') || '; the store credit of '
                || gift_cards.account_id || ' pays for it' AS breach
            FROM gift_card_movements
                JOIN gift_cards ON gift_cards.id = gift_card_movements.gift_card_id
                JOIN orders ON orders.id = gift_card_movements.order_id
            WHERE gift_card_movements.kind = 'hold' AND gift_cards.account_id IS NOT NULL
                AND (orders.account_id <> gift_cards.account_id OR orders.account_id IS NULL
                    AND EXISTS (SELECT 1 FROM accounts WHERE accounts.id = gift_cards.account_id))",
    },
    Rule {
        name: "gift cards have what the ledger says that the store owes for them",
        breaches: "
            SELECT currency || ': ' || SUM(balance) || ' left; the ledger says ' || SUM(owed) || ' owed' AS breach
            FROM (
                SELECT currency, balance_minor_units AS balance, 0 AS owed FROM gift_cards
                UNION ALL
                SELECT currency, 0 AS balance, -minor_units AS owed FROM ledger_entries WHERE account = 'gift_card'
            ) AS books GROUP BY currency HAVING SUM(balance) <> SUM(owed)",
    },
    Rule {
        name: "the ledger says what gift cards were made over",
        breaches: "
            SELECT currency || ': ' || SUM(issued) || ' issued; the ledger says ' || SUM(posted) AS breach
            FROM (
                SELECT currency, issued_minor_units AS issued, 0 AS posted FROM gift_cards
                UNION ALL
                SELECT currency, 0 AS issued, minor_units AS posted FROM ledger_entries WHERE account = 'issued'
            ) AS books GROUP BY currency HAVING SUM(issued) <> SUM(posted)",
    },
];
