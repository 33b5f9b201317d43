-- A SKU can be sold beyond what is on hand, and only so many units of it to one customer. What is promised may then be
-- more than there is, by as much as a policy ever let of what is promised still. SQLite changes no constraint of a
-- table: the stock moves into a new one, with what refers to it.
CREATE TABLE new_stock (
    sku TEXT PRIMARY KEY,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    policy TEXT NOT NULL DEFAULT 'stop' CHECK (policy IN ('stop', 'backorder', 'preorder')),
    -- The last day that the policy holds, as in 2027-01-12.
    policy_day TEXT,
    policy_units BIGINT NOT NULL DEFAULT 0 CHECK (policy_units >= 0),
    -- At least the units of the policy; more where orders wait that an earlier one took.
    beyond BIGINT NOT NULL DEFAULT 0 CHECK (beyond >= policy_units),
    -- What one customer may buy in the period; 0 is without a limit.
    limit_units BIGINT NOT NULL DEFAULT 0 CHECK (limit_units >= 0),
    limit_period TEXT NOT NULL DEFAULT 'ever' CHECK (limit_period IN ('day', 'week', 'month', 'ever')),
    CHECK (reserved + allocated <= on_hand + beyond)
);
INSERT INTO new_stock (sku, on_hand, reserved, allocated) SELECT sku, on_hand, reserved, allocated FROM stock;

CREATE TABLE kept_reservations (
    order_id TEXT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL REFERENCES new_stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'allocated', 'released', 'sent')),
    PRIMARY KEY (order_id, sku)
);
INSERT INTO kept_reservations (order_id, sku, quantity, state) SELECT order_id, sku, quantity, state FROM reservations;

CREATE TABLE kept_movements (
    id TEXT PRIMARY KEY,
    sku TEXT NOT NULL REFERENCES new_stock (sku),
    reason TEXT NOT NULL,
    -- The order that it belongs to; none for a count.
    order_id TEXT REFERENCES orders (id),
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    allocated BIGINT NOT NULL,
    moved_at TEXT NOT NULL,
    -- Who or what moved stock where no order did: an operator, a file; none for a feed.
    reference TEXT
);
INSERT INTO kept_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at, reference)
SELECT id, sku, reason, order_id, on_hand, reserved, allocated, moved_at, reference FROM stock_movements;

CREATE TABLE kept_return_lines (
    return_id TEXT NOT NULL REFERENCES order_returns (id),
    sku TEXT NOT NULL REFERENCES new_stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (return_id, sku)
);
INSERT INTO kept_return_lines (return_id, sku, quantity) SELECT return_id, sku, quantity FROM order_return_lines;

DROP TABLE order_return_lines;
DROP TABLE reservations;
DROP TABLE stock_movements;
DROP TABLE stock;
ALTER TABLE new_stock RENAME TO stock;
ALTER TABLE kept_reservations RENAME TO reservations;
ALTER TABLE kept_movements RENAME TO stock_movements;
ALTER TABLE kept_return_lines RENAME TO order_return_lines;
CREATE INDEX stock_movements_sku ON stock_movements (sku, id);
-- Whether an order waits for what others were promised before it is asked for each line that is sent.
CREATE INDEX reservations_held ON reservations (sku, order_id) WHERE state IN ('reserved', 'allocated');
