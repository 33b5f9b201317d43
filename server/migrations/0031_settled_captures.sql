-- Who captures all of an order captures the last of it, also where they wanted to keep the rest. Captures from before
-- that was so, and what asked for them, are put right: only the last one of each order, which is one event or two.
UPDATE saga_events SET event = REPLACE(event, '"is_last":false', '"is_last":true')
WHERE event LIKE '%"is_last":false%' AND order_id IN (
    SELECT id FROM orders
    WHERE settled = 0 AND captured_minor_units > 0 AND captured_minor_units = total_minor_units
) AND position >= (
    SELECT MAX(asked.position) FROM saga_events AS asked
    WHERE asked.order_id = saga_events.order_id
        AND asked.event LIKE '{"event":"movement_requested"%' AND asked.event LIKE '%"is_last":false%'
);

UPDATE orders SET settled = 1
WHERE settled = 0 AND captured_minor_units > 0 AND captured_minor_units = total_minor_units;

-- Those of them that were refunded in full are closed as of their last refund: their shoppers are told that day, and
-- not the one of this change.
INSERT INTO order_steps (order_id, state, reached_at)
SELECT orders.id, 'refunded', MAX(ledger_postings.posted_at)
FROM orders JOIN ledger_postings ON ledger_postings.order_id = orders.id
WHERE orders.state = 'confirmed' AND orders.settled = 1 AND orders.captured_minor_units > 0
    AND orders.refunded_minor_units = orders.captured_minor_units AND ledger_postings.kind = 'refund'
GROUP BY orders.id;

-- They are taken up again by the next store that opens, which closes them.
UPDATE sagas SET finished = 0, taken_by = NULL, not_before_ms = 0
WHERE finished = 1 AND order_id IN (
    SELECT id FROM orders
    WHERE state = 'confirmed' AND settled = 1 AND captured_minor_units > 0
        AND refunded_minor_units = captured_minor_units
);
