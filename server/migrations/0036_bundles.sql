-- A SKU can be a bundle of others: it is sold as one, has no stock of its own, and takes that of its parts.
-- Whoever reserves reads in the same row whether a SKU is one, so that a store without bundles asks for nothing more.
ALTER TABLE stock ADD COLUMN is_bundle BIGINT NOT NULL DEFAULT 0
    CHECK (is_bundle IN (0, 1) AND (is_bundle = 0 OR reserved + allocated = 0));
-- The most units of it that one bundle takes; 0 where it is no part of any. With fewer left a bundle is sold out.
ALTER TABLE stock ADD COLUMN bundled_units BIGINT NOT NULL DEFAULT 0 CHECK (bundled_units >= 0);

CREATE TABLE bundle_parts (
    bundle_sku TEXT NOT NULL REFERENCES stock (sku),
    part_sku TEXT NOT NULL REFERENCES stock (sku),
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (bundle_sku, part_sku),
    CHECK (bundle_sku <> part_sku)
);
CREATE INDEX bundle_parts_part ON bundle_parts (part_sku);

-- What was in the bundles of an order when it was placed. Its reservations hold the parts.
CREATE TABLE order_bundle_parts (
    order_id TEXT NOT NULL REFERENCES orders (id),
    bundle_sku TEXT NOT NULL REFERENCES stock (sku),
    -- How many of the bundle were bought.
    bundles BIGINT NOT NULL CHECK (bundles > 0),
    part_sku TEXT NOT NULL REFERENCES stock (sku),
    -- Units of the part in each of them.
    units_each BIGINT NOT NULL CHECK (units_each > 0),
    PRIMARY KEY (order_id, bundle_sku, part_sku)
);
