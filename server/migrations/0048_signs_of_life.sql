-- When the shopper of a purchase last showed that they wait for it (milliseconds since 1970); zero before they did. Its
-- units stay reserved a while longer then.
ALTER TABLE sagas ADD COLUMN seen_at_ms BIGINT NOT NULL DEFAULT 0;
