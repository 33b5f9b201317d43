-- What shoppers send back of orders that were sent, or wanted to. A return is never deleted.
CREATE TABLE order_returns (
    -- Made before it is asked for.
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    state TEXT NOT NULL CHECK (state IN ('requested', 'received', 'refunded', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    note TEXT,
    asked_at TEXT NOT NULL,
    -- When it was received, refused or withdrawn.
    decided_at TEXT,
    -- Why it was refused.
    refusal TEXT,
    -- What is given back for it, and the movement of money that does so: none where nothing is.
    refund_minor_units BIGINT CHECK (refund_minor_units >= 0),
    movement_id TEXT,
    CHECK ((refund_minor_units IS NOT NULL) = (state IN ('received', 'refunded')))
);
CREATE INDEX order_returns_order ON order_returns (order_id);
CREATE INDEX order_returns_asked ON order_returns (order_id) WHERE state = 'requested';

CREATE TABLE order_return_lines (
    return_id TEXT NOT NULL REFERENCES order_returns (id),
    sku TEXT NOT NULL REFERENCES stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (return_id, sku)
);
