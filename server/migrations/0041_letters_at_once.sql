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
