INSERT INTO stock (sku, on_hand, reserved, allocated) VALUES ('LAMP', 9, 1, 2), ('MUG', 0, 0, 0);
INSERT INTO orders (id, number, state, email, currency, total_minor_units, placed_at, document,
    captured_minor_units, refunded_minor_units)
VALUES ('p', 'CG-P', 'pending', 'ada@example.com', 'GBP', 2450, '2026-01-01T00:00:00Z', '{}', 0, 0),
    ('c', 'CG-C', 'confirmed', 'ada@example.com', 'GBP', 2450, '2026-01-01T00:00:00Z', '{}', 0, 0),
    ('s', 'CG-S', 'shipped', 'ada@example.com', 'GBP', 2450, '2026-01-01T00:00:00Z', '{}', 2450, 500),
    ('d', 'CG-D', 'delivered', 'ada@example.com', 'GBP', 2450, '2026-01-01T00:00:00Z', '{}', 2450, 0),
    ('x', 'CG-X', 'cancelled', 'ada@example.com', 'GBP', 2450, '2026-01-01T00:00:00Z', '{}', 0, 0);
INSERT INTO reservations (order_id, sku, quantity, state)
VALUES ('p', 'LAMP', 1, 'reserved'), ('c', 'LAMP', 2, 'allocated'), ('s', 'LAMP', 1, 'sent'),
    ('x', 'LAMP', 1, 'released');
INSERT INTO stock_movements (id, sku, reason, order_id, on_hand, reserved, allocated, moved_at, reference)
VALUES ('1', 'LAMP', 'count', NULL, 9, 0, 0, '2026-01-01T00:00:00Z', 'olga@example.com'),
    ('2', 'LAMP', 'reservation', 'p', 0, 1, 0, '2026-01-01T00:00:00Z', NULL);
INSERT INTO gift_cards (id, code_hash, tail, currency, issued_minor_units, balance_minor_units, issued_at)
VALUES ('g', 'hash', '7K4M', 'GBP', 5000, 4000, '2026-01-01T00:00:00Z');
INSERT INTO ledger_postings (id, order_id, kind, posted_at)
VALUES ('1', 'c', 'authorization', '2026-01-01T00:00:00Z');
INSERT INTO ledger_entries (posting_id, position, account, layer, currency, minor_units)
VALUES ('1', 0, 'gateway', 'pending', 'GBP', 2450), ('1', 1, 'customer', 'pending', 'GBP', -2450);
INSERT INTO outbox (id, consumer, key, payload, attempts, dead)
VALUES ('1', 'graph', 'c', '{"fact":"order_changed","order":"c"}', 0, 0),
    ('2', 'graph', 's', '{"fact":"order_changed","order":"s"}', 12, 1),
    ('3', 'catalog', 'LAMP', '{"fact":"stock_turned","sku":"LAMP"}', 0, 0);
