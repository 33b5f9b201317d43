-- Payments to which something happened after they were captured, as the gateway told: it is asked how they stand.
CREATE TABLE heard_payments (
    authorization_id TEXT PRIMARY KEY,
    -- How often the gateway told: who looked after fewer times looks again.
    times BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    -- When it is looked at next.
    due_ms BIGINT NOT NULL
);

-- Refunds that did not go the usual way: they failed, or somebody made them in the gateway's own pages.
CREATE TABLE late_refunds (
    -- The gateway's name for it.
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    currency TEXT NOT NULL,
    minor_units BIGINT NOT NULL CHECK (minor_units > 0),
    state TEXT NOT NULL CHECK (state IN ('elsewhere', 'failed', 'asked', 'repeated', 'settled', 'unmatched')),
    -- The movement that as much was asked for with once more.
    repeated_by TEXT,
    noted_at TEXT NOT NULL
);
CREATE INDEX late_refunds_order ON late_refunds (order_id);
CREATE INDEX late_refunds_state ON late_refunds (state, noted_at);

CREATE TABLE disputes (
    -- The gateway's name for it.
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    currency TEXT NOT NULL,
    minor_units BIGINT NOT NULL CHECK (minor_units > 0),
    state TEXT NOT NULL CHECK (state IN ('needs_answer', 'under_review', 'won', 'lost')),
    is_inquiry BIGINT NOT NULL CHECK (is_inquiry IN (0, 1)),
    -- Whether the ledger says that the gateway took the money.
    is_taken BIGINT NOT NULL CHECK (is_taken IN (0, 1)),
    reason TEXT NOT NULL,
    answer_by TEXT,
    noted_at TEXT NOT NULL
);
CREATE INDEX disputes_order ON disputes (order_id);

-- What the sandbox keeps of the same.
ALTER TABLE sandbox_refunds ADD COLUMN status TEXT NOT NULL DEFAULT 'succeeded';
CREATE TABLE sandbox_disputes (
    id TEXT PRIMARY KEY,
    intent_id TEXT NOT NULL REFERENCES sandbox_intents (id),
    amount_minor_units BIGINT NOT NULL CHECK (amount_minor_units > 0),
    -- In Stripe's words, as the reason.
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_seconds BIGINT NOT NULL
);
CREATE INDEX sandbox_disputes_intent ON sandbox_disputes (intent_id);
