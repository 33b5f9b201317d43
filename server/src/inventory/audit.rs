use crate::audit::Rule;

/// What must hold of stock. A query finds what breaks its rule, a line of text for each.
pub(crate) const RULES: [Rule; 3] = [
    Rule {
        name: "stock is the sum of its movements",
        breaches: "
            SELECT stock.sku || ': on hand ' || stock.on_hand || ', reserved ' || stock.reserved || ', allocated '
                || stock.allocated || '; its movements say ' || COALESCE(moved.on_hand, 0) || ', '
                || COALESCE(moved.reserved, 0) || ', ' || COALESCE(moved.allocated, 0) AS breach
            FROM stock LEFT JOIN (
                SELECT sku, SUM(on_hand) AS on_hand, SUM(reserved) AS reserved, SUM(allocated) AS allocated
                FROM stock_movements GROUP BY sku
            ) AS moved ON moved.sku = stock.sku
            WHERE stock.on_hand <> COALESCE(moved.on_hand, 0) OR stock.reserved <> COALESCE(moved.reserved, 0)
                OR stock.allocated <> COALESCE(moved.allocated, 0)",
    },
    Rule {
        name: "what is reserved and allocated is what orders hold",
        breaches: "
            SELECT stock.sku || ': reserved ' || stock.reserved || ', allocated ' || stock.allocated
                || '; orders hold ' || COALESCE(held.reserved, 0) || ', ' || COALESCE(held.allocated, 0) AS breach
            FROM stock LEFT JOIN (
                SELECT sku, SUM(CASE WHEN state = 'reserved' THEN quantity ELSE 0 END) AS reserved,
                    SUM(CASE WHEN state = 'allocated' THEN quantity ELSE 0 END) AS allocated
                FROM (
                    SELECT sku, quantity, state FROM reservations
                    UNION ALL SELECT sku, quantity, state FROM order_exchanges
                ) AS holding GROUP BY sku
            ) AS held ON held.sku = stock.sku
            WHERE stock.reserved <> COALESCE(held.reserved, 0) OR stock.allocated <> COALESCE(held.allocated, 0)",
    },
    Rule {
        name: "an order holds the units that its state asks for",
        breaches: "
            SELECT orders.number || ' is ' || orders.state || '; its ' || reservations.quantity || ' of '
                || reservations.sku || ' are ' || reservations.state AS breach
            FROM orders JOIN reservations ON reservations.order_id = orders.id
            WHERE reservations.state <> CASE
                WHEN orders.state = 'pending' AND NOT EXISTS (
                    SELECT 1 FROM saga_events
                    WHERE saga_events.order_id = orders.id AND event = '{\"event\":\"given_up\"}'
                ) THEN 'reserved'
                WHEN orders.state = 'pending' THEN 'released'
                WHEN orders.state IN ('declined', 'cancelled', 'refunded') THEN 'released'
                WHEN orders.state IN ('shipped', 'delivered') THEN 'sent'
                ELSE 'allocated' END",
    },
];
