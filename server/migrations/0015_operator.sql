-- Who or what moved stock where no order did: an operator, a file; none for a feed.
ALTER TABLE stock_movements ADD COLUMN reference TEXT;

-- Keys grow with time; what was there before anything was written down comes first.
UPDATE stock_movements SET id = '00000000-' || id WHERE reason = 'opening';

-- A count of many SKUs, with what it would change, which somebody looks at before it is applied.
CREATE TABLE stock_counts (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL CHECK (state IN ('open', 'applied', 'dropped')),
    document TEXT NOT NULL
);

-- What operators did about what waited for one; only ever added.
CREATE TABLE operator_deeds (
    id TEXT PRIMARY KEY,
    -- The operator's e-mail address then: an account may go, its deeds stay.
    done_by TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    done_at TEXT NOT NULL
);
