-- Whether nobody may know any more who placed an order that came to nothing.
ALTER TABLE orders ADD COLUMN contact_forgotten BIGINT NOT NULL DEFAULT 0 CHECK (contact_forgotten IN (0, 1));
-- Those that came to nothing, by whose they are; their ids begin with the time.
CREATE INDEX orders_to_forget ON orders (account_id, contact_forgotten, id)
    WHERE captured_minor_units = 0 AND (state = 'declined' OR state = 'cancelled');
