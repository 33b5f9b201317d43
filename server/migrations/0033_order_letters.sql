-- Letters about orders that were handed over: of each kind an order has one.
CREATE TABLE order_letters (
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    written_at TEXT NOT NULL,
    PRIMARY KEY (order_id, kind)
);

-- Letters may wait for hours, and many of them: whoever looks for other events passes none of these. A row stands in
-- one of the three.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_due ON outbox (id) WHERE dead = 0 AND consumer <> 'mail';
CREATE INDEX outbox_letters ON outbox (id) WHERE dead = 0 AND consumer = 'mail';
CREATE INDEX outbox_dead ON outbox (id) WHERE dead = 1;
