use crate::audit::Rule;

/// What must hold of returns and exchanges. A query finds what breaks its rule, a line of text for each.
pub(crate) const RULES: [Rule; 4] = [
    Rule {
        name: "no more comes back of an order than was sent",
        breaches: "
            SELECT orders.number || ': ' || back.units || ' of ' || back.sku || ' come back, and '
                || COALESCE(sent.quantity, 0) || ' were sent' AS breach
            FROM (
                SELECT order_id, sku, SUM(quantity) AS units
                FROM order_returns JOIN order_return_lines ON return_id = order_returns.id
                WHERE state IN ('requested', 'received', 'refunded') GROUP BY order_id, sku
            ) AS back JOIN orders ON orders.id = back.order_id LEFT JOIN (
                SELECT order_id, sku, SUM(units) AS quantity FROM (
                    SELECT order_id, sku, quantity AS units FROM reservations WHERE state = 'sent'
                    UNION ALL
                    SELECT parts.order_id, part_sku, -bundles * units_each FROM order_bundle_parts AS parts
                        JOIN reservations ON reservations.order_id = parts.order_id AND sku = part_sku
                    WHERE state = 'sent'
                    UNION ALL
                    SELECT parts.order_id, bundle_sku, MAX(bundles) FROM order_bundle_parts AS parts
                        JOIN reservations ON reservations.order_id = parts.order_id AND sku = part_sku
                    WHERE state = 'sent' GROUP BY parts.order_id, bundle_sku
                ) AS sold GROUP BY order_id, sku
            ) AS sent ON sent.order_id = back.order_id AND sent.sku = back.sku
            WHERE back.units > COALESCE(sent.quantity, 0)",
    },
    Rule {
        name: "what came back is refunded as the ledger says",
        breaches: "
            SELECT orders.number || ' gives back ' || gives.refund_minor_units || ' for a return that is '
                || gives.state || '; the ledger gave back ' || COALESCE(given.minor_units, 0) AS breach
            FROM (
                SELECT order_id, state, refund_minor_units, movement_id FROM order_returns
                UNION ALL
                SELECT order_id, 'refunded', first_refund_minor_units, first_movement_id FROM order_returns
            ) AS gives JOIN orders ON orders.id = gives.order_id LEFT JOIN (
                SELECT order_id, movement_id, SUM(minor_units) AS minor_units
                FROM ledger_postings JOIN ledger_entries ON ledger_entries.posting_id = ledger_postings.id
                WHERE kind = 'refund' AND account IN ('refunds', 'seller', 'tax') AND layer = 'posted'
                GROUP BY order_id, movement_id
            ) AS given ON given.order_id = gives.order_id AND given.movement_id = gives.movement_id
            WHERE gives.movement_id IS NOT NULL AND COALESCE(given.minor_units, 0) <> CASE
                WHEN gives.state = 'refunded' THEN gives.refund_minor_units ELSE 0 END",
    },
    Rule {
        name: "an exchange stands as its return does",
        breaches: "
            SELECT orders.number || ' has a return that is ' || order_returns.state || ', and ' || order_exchanges.sku
                || ' for it is ' || order_exchanges.state AS breach
            FROM order_exchanges JOIN order_returns ON order_returns.id = order_exchanges.return_id
                JOIN orders ON orders.id = order_returns.order_id
            WHERE order_exchanges.state <> 'lapsed' AND CASE
                WHEN order_returns.exchange_end IS NOT NULL THEN TRUE
                WHEN order_returns.state = 'requested' THEN order_exchanges.state <> 'reserved'
                WHEN order_returns.state IN ('received', 'refunded') THEN order_exchanges.state NOT IN ('allocated', 'sent')
                ELSE order_exchanges.state <> 'released' END",
    },
    Rule {
        name: "an exchange sends something else for a line, and as much as comes back",
        breaches: "
            SELECT orders.number || ' sends ' || order_exchanges.quantity || ' of ' || order_exchanges.sku || ' for '
                || COALESCE(order_return_lines.quantity, 0) || ' of ' || order_exchanges.line_sku AS breach
            FROM order_exchanges JOIN order_returns ON order_returns.id = order_exchanges.return_id
                JOIN orders ON orders.id = order_returns.order_id
                LEFT JOIN order_return_lines ON order_return_lines.return_id = order_exchanges.return_id
                    AND order_return_lines.sku = order_exchanges.line_sku
            WHERE order_exchanges.quantity <> COALESCE(order_return_lines.quantity, 0)
                OR order_exchanges.sku = order_exchanges.line_sku",
    },
];
