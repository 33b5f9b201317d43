-- What was captured of an order's total, what was given back of that, and whether nothing more can be
-- captured.
ALTER TABLE orders ADD COLUMN captured_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (captured_minor_units >= 0);
ALTER TABLE orders ADD COLUMN refunded_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor_units >= 0);
ALTER TABLE orders ADD COLUMN settled BIGINT NOT NULL DEFAULT 0 CHECK (settled IN (0, 1));

-- An order is authorized once, and captured and refunded as often as needed. SQLite changes no constraint of a
-- table: the postings move into new tables.
CREATE TABLE new_ledger_postings (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    kind TEXT NOT NULL,
    -- The movement of money that it records; empty for a hold and its end.
    movement_id TEXT NOT NULL DEFAULT '',
    posted_at TEXT NOT NULL,
    UNIQUE (order_id, kind, movement_id)
);
INSERT INTO new_ledger_postings (id, order_id, kind, posted_at) SELECT id, order_id, kind, posted_at FROM ledger_postings;

CREATE TABLE new_ledger_entries (
    posting_id TEXT NOT NULL REFERENCES new_ledger_postings (id),
    position BIGINT NOT NULL,
    account TEXT NOT NULL,
    layer TEXT NOT NULL CHECK (layer IN ('pending', 'posted')),
    currency TEXT NOT NULL,
    minor_units BIGINT NOT NULL,
    PRIMARY KEY (posting_id, position)
);
INSERT INTO new_ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT posting_id, position, account, layer, currency, minor_units FROM ledger_entries;

DROP TABLE ledger_entries;
DROP TABLE ledger_postings;
ALTER TABLE new_ledger_postings RENAME TO ledger_postings;
ALTER TABLE new_ledger_entries RENAME TO ledger_entries;

-- Orders that are paid on invoice, as the gateway keeps those that are paid by card.
CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL UNIQUE REFERENCES orders (id),
    amount_minor_units BIGINT NOT NULL CHECK (amount_minor_units > 0),
    currency TEXT NOT NULL,
    voided BIGINT NOT NULL DEFAULT 0 CHECK (voided IN (0, 1)),
    -- What of it is billed, and what of that was credited.
    captured_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (captured_minor_units BETWEEN 0 AND amount_minor_units),
    refunded_minor_units BIGINT NOT NULL DEFAULT 0 CHECK (refunded_minor_units BETWEEN 0 AND captured_minor_units)
);
CREATE TABLE invoice_movements (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id)
);
