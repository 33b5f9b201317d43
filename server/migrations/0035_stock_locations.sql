-- Where stock lies. A SKU's row in `stock` stays the total of all locations, on which orders are promised. The first
-- location holds whatever no other one does: of it nothing is written down but in that total.
CREATE TABLE locations (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- The name in lower case.
    name_key TEXT NOT NULL UNIQUE,
    -- An address, as JSON; the first location has none before somebody gives it one.
    address TEXT,
    closed BIGINT NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
);
INSERT INTO locations (id, name, name_key) VALUES ('00000000000000000000000000000000', 'Main warehouse', 'main warehouse');

-- What lies at the other locations.
CREATE TABLE stock_places (
    sku TEXT NOT NULL REFERENCES stock (sku),
    location_id TEXT NOT NULL REFERENCES locations (id),
    on_hand BIGINT NOT NULL DEFAULT 0 CHECK (on_hand >= 0),
    -- To be sent from there.
    allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    CHECK (allocated <= on_hand),
    PRIMARY KEY (sku, location_id)
);
CREATE INDEX stock_places_location ON stock_places (location_id) WHERE on_hand > 0;

-- What orders are sent from the other locations: units that are to be sent, units that were, and those that came back.
CREATE TABLE stock_allocations (
    order_id TEXT NOT NULL REFERENCES orders (id),
    sku TEXT NOT NULL REFERENCES stock (sku),
    location_id TEXT NOT NULL REFERENCES locations (id),
    allocated BIGINT NOT NULL DEFAULT 0 CHECK (allocated >= 0),
    sent BIGINT NOT NULL DEFAULT 0 CHECK (sent >= 0),
    returned BIGINT NOT NULL DEFAULT 0 CHECK (returned >= 0),
    CHECK (returned <= sent),
    PRIMARY KEY (order_id, sku, location_id)
);

-- The units of `on_hand` at other locations: what has none there asks for none.
ALTER TABLE stock ADD COLUMN elsewhere BIGINT NOT NULL DEFAULT 0 CHECK (elsewhere >= 0);
-- Where something moved; none for the first location, and for what is reserved, which is nowhere in particular.
ALTER TABLE stock_movements ADD COLUMN location_id TEXT REFERENCES locations (id);
CREATE INDEX stock_movements_location ON stock_movements (location_id) WHERE location_id IS NOT NULL;
