-- Whose order it is; none as long as nobody has claimed it. No reference: an account goes, its orders stay.
ALTER TABLE orders ADD COLUMN account_id TEXT;
-- The e-mail address in lower case.
ALTER TABLE orders ADD COLUMN customer TEXT NOT NULL DEFAULT '';
-- What it is found by among its owner's orders; orders from before get it when they are claimed.
ALTER TABLE orders ADD COLUMN words TEXT NOT NULL DEFAULT '';
UPDATE orders SET customer = LOWER(email);
-- The ids of orders grow with time.
CREATE INDEX orders_account ON orders (account_id, id);
CREATE INDEX orders_customer ON orders (customer);
