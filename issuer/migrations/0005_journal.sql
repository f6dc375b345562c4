-- Where this database stands in the journal that outlives it (docs/decisions/0013-restoring.md). Empty until it begins.
CREATE TABLE journal (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    -- Drawn at random when the journal began.
    id TEXT NOT NULL,
    -- The number with which the newest file of the journal begins.
    segment INTEGER NOT NULL,
    -- The last act that this database contains, and its checksum.
    number INTEGER NOT NULL,
    sum BLOB NOT NULL
) STRICT;
