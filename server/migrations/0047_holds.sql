-- Orders for which a bank holds something that is not captured: few, for what is sent is captured. Those are looked for
-- whose hold ends soon.
CREATE INDEX orders_held ON orders (id) WHERE state = 'confirmed' AND settled = 0;
