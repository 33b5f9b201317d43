use crate::audit::Rule;

/// What must hold of stock. A query finds what breaks its rule, a line of text for each.
pub(crate) const RULES: [Rule; 9] = [
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
    Rule {
        name: "what lies at other locations is a part of the stock",
        breaches: "
            SELECT stock.sku || ': ' || stock.elsewhere || ' of ' || stock.on_hand || ' are elsewhere, where '
                || COALESCE(lies.on_hand, 0) || ' lie and ' || COALESCE(lies.allocated, 0) || ' of '
                || stock.allocated || ' are allocated' AS breach
            FROM stock LEFT JOIN (
                SELECT sku, SUM(on_hand) AS on_hand, SUM(allocated) AS allocated FROM stock_places GROUP BY sku
            ) AS lies ON lies.sku = stock.sku
            WHERE stock.elsewhere <> COALESCE(lies.on_hand, 0) OR stock.elsewhere > stock.on_hand
                OR COALESCE(lies.allocated, 0) > stock.allocated",
    },
    Rule {
        name: "what lies at a location is the sum of its movements",
        breaches: "
            SELECT gap.sku || ' at ' || locations.name || ': its movements are off by ' || gap.on_hand || ' on hand, '
                || gap.reserved || ' reserved, ' || gap.allocated || ' allocated' AS breach
            FROM (
                SELECT sku, location_id, SUM(on_hand) AS on_hand, SUM(reserved) AS reserved,
                    SUM(allocated) AS allocated
                FROM (
                    SELECT sku, location_id, on_hand, 0 AS reserved, allocated FROM stock_places
                    UNION ALL
                    SELECT sku, location_id, -on_hand, -reserved, -allocated FROM stock_movements
                    WHERE location_id IS NOT NULL
                ) AS both_sides GROUP BY sku, location_id
            ) AS gap JOIN locations ON locations.id = gap.location_id
            WHERE gap.on_hand <> 0 OR gap.reserved <> 0 OR gap.allocated <> 0",
    },
    Rule {
        name: "what is allocated at a location is what it sends to orders",
        breaches: "
            SELECT gap.sku || ' at ' || locations.name || ': off by ' || gap.allocated AS breach
            FROM (
                SELECT sku, location_id, SUM(allocated) AS allocated
                FROM (
                    SELECT sku, location_id, allocated FROM stock_places
                    UNION ALL
                    SELECT sku, location_id, -allocated FROM stock_allocations
                ) AS both_sides GROUP BY sku, location_id
            ) AS gap JOIN locations ON locations.id = gap.location_id
            WHERE gap.allocated <> 0",
    },
    Rule {
        name: "no more of an order is sent from locations than it holds",
        breaches: "
            SELECT orders.number || ' has ' || COALESCE(held.allocated, 0) || ' of ' || sends.sku || ' allocated and '
                || COALESCE(held.sent, 0) || ' sent; of other locations ' || sends.allocated || ' and ' || sends.sent
                AS breach
            FROM (
                SELECT order_id, sku, SUM(allocated) AS allocated, SUM(sent) AS sent FROM stock_allocations
                GROUP BY order_id, sku
            ) AS sends JOIN orders ON orders.id = sends.order_id LEFT JOIN (
                SELECT order_id, sku, SUM(CASE WHEN state = 'allocated' THEN quantity ELSE 0 END) AS allocated,
                    SUM(CASE WHEN state = 'sent' THEN quantity ELSE 0 END) AS sent
                FROM (
                    SELECT order_id, sku, quantity, state FROM reservations
                    UNION ALL
                    SELECT order_returns.order_id, order_exchanges.sku, order_exchanges.quantity, order_exchanges.state
                    FROM order_exchanges JOIN order_returns ON order_returns.id = order_exchanges.return_id
                ) AS holding GROUP BY order_id, sku
            ) AS held ON held.order_id = sends.order_id AND held.sku = sends.sku
            WHERE sends.allocated > COALESCE(held.allocated, 0) OR sends.sent > COALESCE(held.sent, 0)",
    },
    Rule {
        name: "an order holds the parts of its bundles, and no bundle as a whole",
        breaches: "
            SELECT orders.number || ' takes ' || wanted.units || ' of ' || wanted.part_sku || ' for bundles, and holds '
                || COALESCE(held.quantity, 0) AS breach
            FROM (
                SELECT order_id, part_sku, SUM(bundles * units_each) AS units FROM order_bundle_parts
                GROUP BY order_id, part_sku
            ) AS wanted JOIN orders ON orders.id = wanted.order_id LEFT JOIN reservations AS held
                ON held.order_id = wanted.order_id AND held.sku = wanted.part_sku
            WHERE COALESCE(held.quantity, 0) < wanted.units
            UNION ALL
            SELECT orders.number || ' holds ' || held.quantity || ' of the bundle ' || held.sku AS breach
            FROM reservations AS held JOIN orders ON orders.id = held.order_id
            WHERE EXISTS (
                SELECT 1 FROM order_bundle_parts AS parts
                WHERE parts.order_id = held.order_id AND parts.bundle_sku = held.sku)",
    },
    Rule {
        name: "what is marked as a bundle has parts, and none of them is a bundle",
        breaches: "
            SELECT stock.sku || ': bundle ' || stock.is_bundle || ', taken by one ' || stock.bundled_units
                || '; its parts are ' || COALESCE(made.parts, 0) || ', and it is taken by '
                || COALESCE(taken.units, 0) AS breach
            FROM stock
            LEFT JOIN (SELECT bundle_sku, COUNT(*) AS parts FROM bundle_parts GROUP BY bundle_sku) AS made
                ON made.bundle_sku = stock.sku
            LEFT JOIN (SELECT part_sku, MAX(quantity) AS units FROM bundle_parts GROUP BY part_sku) AS taken
                ON taken.part_sku = stock.sku
            WHERE (stock.is_bundle = 1) <> (COALESCE(made.parts, 0) > 0)
                OR stock.bundled_units <> COALESCE(taken.units, 0) OR stock.is_bundle = 1 AND (stock.bundled_units > 0 OR stock.on_hand <> 0)",
    },
];
