-- The document says everything; beside it stands what statements look for and count with.
CREATE TABLE promotions (
    id TEXT PRIMARY KEY,
    -- The code that opens it; none where it applies by itself.
    code TEXT,
    -- The first moment at which it is over (milliseconds since 1970).
    until_ms BIGINT,
    use_limit BIGINT CHECK (use_limit > 0),
    customer_limit BIGINT CHECK (customer_limit > 0),
    used BIGINT NOT NULL DEFAULT 0 CHECK (used >= 0),
    document TEXT NOT NULL
);
CREATE INDEX promotions_code ON promotions (code);

CREATE TABLE redemptions (
    promotion_id TEXT NOT NULL REFERENCES promotions (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    -- The e-mail address in lower case: a shopper has one, however it is typed.
    customer TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('held', 'redeemed', 'released')),
    PRIMARY KEY (promotion_id, order_id)
);
CREATE INDEX redemptions_customer ON redemptions (promotion_id, customer);
CREATE INDEX redemptions_order ON redemptions (order_id);
