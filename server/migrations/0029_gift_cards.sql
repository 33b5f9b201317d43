-- Gift cards and store credit. The code is kept nowhere: a hash of it finds its card.
CREATE TABLE gift_cards (
    id TEXT PRIMARY KEY,
    code_hash TEXT NOT NULL UNIQUE,
    -- The last four characters of the code, which its bearer knows it by.
    tail TEXT NOT NULL,
    currency TEXT NOT NULL,
    issued_minor_units BIGINT NOT NULL CHECK (issued_minor_units > 0),
    -- What is left: what orders hold is not on it any more.
    balance_minor_units BIGINT NOT NULL CHECK (balance_minor_units BETWEEN 0 AND issued_minor_units),
    blocked BIGINT NOT NULL DEFAULT 0 CHECK (blocked IN (0, 1)),
    issued_at TEXT NOT NULL
);

-- Every change of what is left on a card; rows are only ever added.
CREATE TABLE gift_card_movements (
    id TEXT PRIMARY KEY,
    gift_card_id TEXT NOT NULL REFERENCES gift_cards (id),
    -- The order that it pays for; none where the card was issued.
    order_id TEXT REFERENCES orders (id),
    kind TEXT NOT NULL CHECK (kind IN ('issue', 'hold', 'release', 'refund')),
    -- The movement of the order's money that it belongs to; empty for a hold and its end.
    movement_id TEXT NOT NULL DEFAULT '',
    minor_units BIGINT NOT NULL CHECK (minor_units <> 0),
    moved_at TEXT NOT NULL,
    UNIQUE (gift_card_id, order_id, kind, movement_id)
);
CREATE INDEX gift_card_movements_order ON gift_card_movements (order_id);
