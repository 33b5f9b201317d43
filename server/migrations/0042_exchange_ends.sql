-- Why an operator ended the exchanges of a return before they were sent, for its shopper.
ALTER TABLE order_returns ADD COLUMN exchange_end TEXT;
-- What was given back for a return before its exchanges ended, and the movement of money that did so: what they were
-- to be paid with is given back by another one.
ALTER TABLE order_returns ADD COLUMN first_refund_minor_units BIGINT CHECK (first_refund_minor_units >= 0);
ALTER TABLE order_returns ADD COLUMN first_movement_id TEXT;
