-- What was typed into forms that were refused, until a moment (milliseconds since 1970).
CREATE TABLE typed_forms (
    id TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    until_ms BIGINT NOT NULL
);
CREATE INDEX typed_forms_until ON typed_forms (until_ms);
