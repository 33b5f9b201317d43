-- What the gateway kept of captures, and for disputes, as it told.
CREATE TABLE gateway_fees (
    -- The gateway's name for it: it is posted once.
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    currency TEXT NOT NULL,
    -- Below zero where it gave something back.
    minor_units BIGINT NOT NULL CHECK (minor_units <> 0),
    noted_at TEXT NOT NULL
);
CREATE INDEX gateway_fees_order ON gateway_fees (order_id);

-- The last posting before fees were kept: nobody asked what the gateway kept of captures up to it. The names of
-- postings are hexadecimal digits that grow with time, but for those of what was there before the ledger was kept.
CREATE TABLE fees_since (posting_id TEXT NOT NULL);
INSERT INTO fees_since (posting_id) SELECT COALESCE(MAX(id), '') FROM ledger_postings WHERE id < 'g';

-- What moved of a store's balance at the sandbox, and what it kept of that; nothing is known of earlier captures.
CREATE TABLE sandbox_balance_transactions (
    id TEXT PRIMARY KEY,
    intent_id TEXT NOT NULL REFERENCES sandbox_intents (id),
    -- The name of the charge, or of the dispute.
    source TEXT NOT NULL,
    amount_minor_units BIGINT NOT NULL,
    fee_minor_units BIGINT NOT NULL,
    created_seconds BIGINT NOT NULL
);
CREATE INDEX sandbox_balance_transactions_source ON sandbox_balance_transactions (source);
CREATE INDEX sandbox_balance_transactions_intent ON sandbox_balance_transactions (intent_id);
