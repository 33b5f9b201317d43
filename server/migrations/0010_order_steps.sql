-- When an order came to each of its states after the first one, which is `placed_at`.
CREATE TABLE order_steps (
    order_id TEXT NOT NULL REFERENCES orders (id),
    state TEXT NOT NULL,
    reached_at TEXT NOT NULL,
    PRIMARY KEY (order_id, state)
);
