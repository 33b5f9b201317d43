-- Units that were sent are nobody's stock any more. SQLite changes no constraint of a table: the reservations move
-- into a new one.
CREATE TABLE new_reservations (
    order_id TEXT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL REFERENCES stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    state TEXT NOT NULL CHECK (state IN ('reserved', 'allocated', 'released', 'sent')),
    PRIMARY KEY (order_id, sku)
);
INSERT INTO new_reservations (order_id, sku, quantity, state) SELECT order_id, sku, quantity, state FROM reservations;
DROP TABLE reservations;
ALTER TABLE new_reservations RENAME TO reservations;
