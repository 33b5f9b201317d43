-- What shoppers lately opened and bought of what they had searched for, summed up by product. Nothing here is
-- about a person.
CREATE TABLE search_interest (
    product TEXT PRIMARY KEY,
    -- Of a unit sold; fewer by the day.
    thousandths BIGINT NOT NULL,
    -- What the ranking counts now is right for this many thousandths, and for fewer than that many.
    noted_from BIGINT NOT NULL,
    noted_below BIGINT NOT NULL,
    -- The day that it faded to, as in 2026-11-25.
    day TEXT NOT NULL
);
