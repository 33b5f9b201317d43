-- Whom the orders of an account were placed by, without reading the orders: their histories are looked for in the graph
-- under these.
CREATE INDEX orders_owner_customer ON orders (account_id, customer) WHERE account_id IS NOT NULL;
