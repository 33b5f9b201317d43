-- What is sent for a line of a return instead of its money: units of another variant. They are held in the stock of
-- its SKU as those of orders are, while they are `reserved` and `allocated`. An exchange is never deleted.
CREATE TABLE order_exchanges (
    return_id TEXT NOT NULL REFERENCES order_returns (id),
    -- The line that comes back for it: as many units are sent as come back.
    line_sku TEXT NOT NULL,
    sku TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    choices TEXT NOT NULL,
    -- What one of it cost when it was asked for, in the currency of the order.
    unit_minor_units BIGINT NOT NULL CHECK (unit_minor_units > 0),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'allocated', 'sent', 'released', 'lapsed')),
    -- When it came to its state.
    since TEXT NOT NULL,
    PRIMARY KEY (return_id, line_sku)
);
CREATE INDEX order_exchanges_held ON order_exchanges (sku) WHERE state IN ('reserved', 'allocated');
CREATE INDEX order_exchanges_reserved ON order_exchanges (return_id) WHERE state = 'reserved';
CREATE INDEX order_exchanges_allocated ON order_exchanges (return_id) WHERE state = 'allocated';
