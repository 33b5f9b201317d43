-- Letters about orders that were handed over: of each kind an order has one.
CREATE TABLE order_letters (
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- None where it was due before letters were written: nobody is told of the past.
    written_at TEXT,
    PRIMARY KEY (order_id, kind)
);
INSERT INTO order_letters (order_id, kind)
SELECT id, 'confirmed' FROM orders WHERE state = 'confirmed'
UNION ALL SELECT id, 'sent' FROM orders WHERE state = 'shipped'
UNION ALL SELECT id, 'cancelled' FROM orders WHERE state = 'cancelled'
UNION ALL SELECT id, 'declined' FROM orders WHERE state = 'declined'
UNION ALL SELECT id, 'refunded-' || refunded_minor_units FROM orders WHERE refunded_minor_units > 0;

-- Letters may wait for hours, and many of them: whoever looks for other events passes none of these. A row stands in
-- one of the three.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_due ON outbox (id) WHERE dead = 0 AND consumer <> 'mail';
CREATE INDEX outbox_letters ON outbox (id) WHERE dead = 0 AND consumer = 'mail';
CREATE INDEX outbox_dead ON outbox (id) WHERE dead = 1;
