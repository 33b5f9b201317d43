-- Whoever writes letters hears of an order at the moment that it changes, and not after the graph. A row whose graph
-- failed has told already.
INSERT INTO outbox (id, consumer, key, payload)
SELECT id || '-mail', 'mail', key, payload FROM outbox
WHERE consumer = 'graph' AND dead = 0 AND attempts = 0 AND payload LIKE '%"order_changed"%';

-- An order that went on before its confirmation was written is confirmed late, from now on: nobody is told of the past.
INSERT INTO order_letters (order_id, kind)
SELECT id, 'confirmed' FROM orders
WHERE (state IN ('shipped', 'delivered') OR (state = 'confirmed' AND captured_minor_units > 0))
    AND NOT EXISTS (SELECT 1 FROM order_letters WHERE order_id = orders.id AND kind = 'confirmed');

-- Gift cards that are made are in the ledger as well, and belong to no order. SQLite changes no constraint of a table:
-- the postings move into new tables.
CREATE TABLE kept_postings (
    id TEXT PRIMARY KEY,
    -- None where gift cards were made.
    order_id TEXT REFERENCES orders (id),
    kind TEXT NOT NULL,
    -- The movement of money that it records; empty for a hold and its end.
    movement_id TEXT NOT NULL DEFAULT '',
    posted_at TEXT NOT NULL,
    UNIQUE (order_id, kind, movement_id)
);
INSERT INTO kept_postings (id, order_id, kind, movement_id, posted_at)
SELECT id, order_id, kind, movement_id, posted_at FROM ledger_postings;

CREATE TABLE kept_entries (
    posting_id TEXT NOT NULL REFERENCES kept_postings (id),
    position BIGINT NOT NULL,
    account TEXT NOT NULL,
    layer TEXT NOT NULL CHECK (layer IN ('pending', 'posted')),
    currency TEXT NOT NULL,
    minor_units BIGINT NOT NULL,
    PRIMARY KEY (posting_id, position)
);
INSERT INTO kept_entries (posting_id, position, account, layer, currency, minor_units)
SELECT posting_id, position, account, layer, currency, minor_units FROM ledger_entries;

DROP TABLE ledger_entries;
DROP TABLE ledger_postings;
ALTER TABLE kept_postings RENAME TO ledger_postings;
ALTER TABLE kept_entries RENAME TO ledger_entries;

-- What was made before stands in the balances alone.
INSERT INTO ledger_postings (id, kind, posted_at)
SELECT 'opening-gift-cards-' || currency, 'issue', CAST(CURRENT_TIMESTAMP AS TEXT) FROM gift_cards GROUP BY currency;
INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT 'opening-gift-cards-' || currency, 0, 'issued', 'posted', currency, CAST(SUM(issued_minor_units) AS BIGINT)
FROM gift_cards GROUP BY currency;
INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
SELECT 'opening-gift-cards-' || currency, 1, 'gift_card', 'posted', currency, CAST(-SUM(issued_minor_units) AS BIGINT)
FROM gift_cards GROUP BY currency;
-- A part of the sums that nobody else writes.
INSERT INTO ledger_sums (account, layer, currency, part, minor_units)
SELECT account, layer, currency, -1, minor_units FROM ledger_entries WHERE posting_id LIKE 'opening-gift-cards-%';
