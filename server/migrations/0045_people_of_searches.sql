-- Different visitors of the day who searched for it. Who they were is never written down; of days from before nobody
-- counted them.
ALTER TABLE search_days ADD COLUMN people BIGINT NOT NULL DEFAULT 0;
