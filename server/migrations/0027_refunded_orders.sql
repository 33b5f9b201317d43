-- An order that was refunded in full before it was sent is closed: few others stand like that.
DROP INDEX orders_elsewhere;
CREATE INDEX orders_elsewhere ON orders (state, id)
    WHERE state = 'shipped' OR state = 'delivered' OR state = 'declined' OR state = 'cancelled' OR state = 'refunded';

-- Those from before that still wait to be sent are taken up again by the next store that opens, which closes them.
UPDATE sagas SET finished = 0, taken_by = NULL, not_before_ms = 0
WHERE finished = 1 AND order_id IN (
    SELECT id FROM orders
    WHERE state = 'confirmed' AND settled = 1 AND captured_minor_units > 0
        AND refunded_minor_units = captured_minor_units
);
