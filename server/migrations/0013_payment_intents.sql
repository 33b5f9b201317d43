-- What the sandbox gateway keeps, apart from what the store believes: payment intents with the words
-- that Stripe has for them.
CREATE TABLE sandbox_intents (
    id TEXT PRIMARY KEY,
    -- The key that it was made under; none where nobody sent one.
    idempotency_key TEXT UNIQUE,
    -- Of what was asked under the key; empty for what was asked before hashes were kept.
    request_hash TEXT NOT NULL,
    -- What `metadata[order]` says.
    order_reference TEXT,
    metadata TEXT NOT NULL,
    amount_minor_units BIGINT NOT NULL CHECK (amount_minor_units > 0),
    currency TEXT NOT NULL,
    capture_method TEXT NOT NULL CHECK (capture_method IN ('automatic', 'manual')),
    payment_method TEXT,
    -- Where a challenge leads back to.
    return_url TEXT,
    -- What was answered when it was made: asking again under the key answers the same.
    first_status TEXT NOT NULL,
    status TEXT NOT NULL,
    decline_code TEXT,
    captured_minor_units BIGINT NOT NULL CHECK (captured_minor_units BETWEEN 0 AND amount_minor_units),
    refunded_minor_units BIGINT NOT NULL CHECK (refunded_minor_units BETWEEN 0 AND captured_minor_units),
    created_seconds BIGINT NOT NULL
);
CREATE INDEX sandbox_intents_order ON sandbox_intents (order_reference);

INSERT INTO sandbox_intents
SELECT id, idempotency_key, '', idempotency_key, '{"order":"' || idempotency_key || '"}', amount_minor_units, currency,
    'manual', NULL, NULL,
    CASE WHEN decline_reason IS NULL THEN 'requires_capture' ELSE 'requires_payment_method' END,
    CASE WHEN decline_reason IS NOT NULL THEN 'requires_payment_method'
        WHEN voided = 1 THEN 'canceled' ELSE 'requires_capture' END,
    CASE decline_reason WHEN '"insufficient_funds"' THEN 'insufficient_funds' WHEN '"expired"' THEN 'expired_card'
        WHEN '"security_code"' THEN 'incorrect_cvc' WHEN '"declined"' THEN 'generic_decline' END,
    0, 0, 0
FROM sandbox_authorizations WHERE amount_minor_units > 0;
DROP TABLE sandbox_authorizations;

-- What was answered under other keys than those that intents were made under.
CREATE TABLE sandbox_answers (
    idempotency_key TEXT PRIMARY KEY,
    request_hash TEXT NOT NULL,
    status BIGINT NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE sandbox_refunds (
    id TEXT PRIMARY KEY,
    intent_id TEXT NOT NULL REFERENCES sandbox_intents (id),
    amount_minor_units BIGINT NOT NULL CHECK (amount_minor_units > 0),
    metadata TEXT NOT NULL,
    created_seconds BIGINT NOT NULL
);
