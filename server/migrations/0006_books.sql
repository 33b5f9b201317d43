-- Movements, postings and entries are only ever added.

CREATE TABLE stock_movements (
    id TEXT PRIMARY KEY,
    sku TEXT NOT NULL REFERENCES stock (sku),
    reason TEXT NOT NULL,
    -- The order that it belongs to; none for a count.
    order_id TEXT REFERENCES orders (id),
    on_hand BIGINT NOT NULL,
    reserved BIGINT NOT NULL,
    allocated BIGINT NOT NULL,
    moved_at TEXT NOT NULL
);
CREATE INDEX stock_movements_sku ON stock_movements (sku, id);

-- What was there before movements were written down.
INSERT INTO stock_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at)
SELECT 'opening-' || sku, sku, 'opening', NULL, on_hand, reserved, allocated, CAST(CURRENT_TIMESTAMP AS TEXT)
FROM stock;

CREATE TABLE ledger_postings (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    posted_at TEXT NOT NULL,
    -- An order is authorized once and voided once.
    UNIQUE (order_id, kind)
);

-- A debit is positive, a credit negative; the entries of a posting sum to zero.
CREATE TABLE ledger_entries (
    posting_id TEXT NOT NULL REFERENCES ledger_postings (id),
    position BIGINT NOT NULL,
    account TEXT NOT NULL,
    layer TEXT NOT NULL CHECK (layer IN ('pending', 'posted')),
    currency TEXT NOT NULL,
    minor_units BIGINT NOT NULL,
    PRIMARY KEY (posting_id, position)
);

-- The holds of orders that were confirmed before the ledger was kept.
INSERT INTO ledger_postings (id, order_id, kind, posted_at)
SELECT 'opening-' || id, id, 'authorization', CAST(CURRENT_TIMESTAMP AS TEXT) FROM orders WHERE state = 'confirmed';
INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT 'opening-' || id, 0, 'gateway', 'pending', currency, total_minor_units FROM orders WHERE state = 'confirmed';
INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT 'opening-' || id, 1, 'customer', 'pending', currency, -total_minor_units FROM orders WHERE state = 'confirmed';
