-- What people searched for, by the day of the store and the words in lower case. Nothing here is about
-- a person: neither account nor cart, and no text that may be an address or a number of somebody.
CREATE TABLE search_days (
    -- As in 2026-11-25.
    day TEXT NOT NULL,
    query TEXT NOT NULL,
    searches BIGINT NOT NULL,
    -- Searches all of whose words no product had.
    unanswered BIGINT NOT NULL,
    -- Products that were opened from the results, and the sum of their places there; 1 is the first.
    clicks BIGINT NOT NULL,
    click_places BIGINT NOT NULL,
    -- Those of them that were bought.
    purchases BIGINT NOT NULL,
    purchase_places BIGINT NOT NULL,
    PRIMARY KEY (day, query)
);
