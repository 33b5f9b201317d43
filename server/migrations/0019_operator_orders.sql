-- The movement of money that an operator asked for; none for deeds that move nothing.
ALTER TABLE operator_deeds ADD COLUMN movement_id TEXT;
-- What operators did with one order, by its number.
CREATE INDEX operator_deeds_subject ON operator_deeds (subject);
-- Orders that few others stand like: a purchase that goes well writes none of these rows. A condition with
-- OR is one that SQLite knows a single state to be within.
CREATE INDEX orders_elsewhere ON orders (state, id)
    WHERE state = 'shipped' OR state = 'delivered' OR state = 'declined' OR state = 'cancelled';
