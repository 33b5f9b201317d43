-- One text for SQLite and PostgreSQL: TEXT, BIGINT and CHECK mean the same in both.

CREATE TABLE stock (
    sku TEXT PRIMARY KEY,
    on_hand BIGINT NOT NULL CHECK (on_hand >= 0),
    reserved BIGINT NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    CHECK (reserved + allocated <= on_hand)
);

CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    number TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    email TEXT NOT NULL,
    currency TEXT NOT NULL,
    total_minor_units BIGINT NOT NULL CHECK (total_minor_units >= 0),
    placed_at TEXT NOT NULL,
    document TEXT NOT NULL
);

CREATE TABLE reservations (
    order_id TEXT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL REFERENCES stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'allocated', 'released')),
    PRIMARY KEY (order_id, sku)
);

-- Only success is remembered: a declined order gives its key back.
CREATE TABLE idempotency_keys (
    key TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id)
);

CREATE TABLE sagas (
    order_id TEXT PRIMARY KEY,
    purchase TEXT NOT NULL,
    finished BIGINT NOT NULL DEFAULT 0 CHECK (finished IN (0, 1))
);
CREATE INDEX sagas_unfinished ON sagas (finished);

CREATE TABLE saga_events (
    order_id TEXT NOT NULL REFERENCES sagas (order_id),
    position BIGINT NOT NULL,
    event TEXT NOT NULL,
    PRIMARY KEY (order_id, position)
);

-- A row per consumer; delivered rows are deleted, dead ones wait for an operator.
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    consumer TEXT NOT NULL,
    key TEXT NOT NULL,
    payload TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    dead BIGINT NOT NULL DEFAULT 0 CHECK (dead IN (0, 1))
);
CREATE INDEX outbox_waiting ON outbox (dead, id);

-- What the sandbox gateway holds, kept apart from what the store believes.
CREATE TABLE sandbox_authorizations (
    idempotency_key TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    amount_minor_units BIGINT NOT NULL,
    currency TEXT NOT NULL,
    decline_reason TEXT
);
