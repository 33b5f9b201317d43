-- At or below how many units a SKU counts as low, where it has a mark of its own; 0 is never while some are left.
ALTER TABLE stock ADD COLUMN low_units BIGINT CHECK (low_units >= 0);
