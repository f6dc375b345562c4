-- The audit log, stations that were ended, and what uploads by ID card, by hand and with moves need.

ALTER TABLE station ADD COLUMN ended INTEGER;
ALTER TABLE station ADD COLUMN ended_reason TEXT;

-- Every question that was asked about a person. Each row carries the hash of the one before. Append-only.
CREATE TABLE audit (
    number INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    asker_kind TEXT NOT NULL CHECK (asker_kind IN ('station', 'desk', 'operator')),
    -- The name in signatures of a station, the id of a desk; empty for the operator.
    asker TEXT NOT NULL,
    place TEXT NOT NULL,
    staff TEXT NOT NULL,
    question TEXT NOT NULL,
    -- Whom it was about, where that is known. Never the number of a document.
    slot INTEGER,
    outcome TEXT NOT NULL,
    previous BLOB NOT NULL,
    hash BLOB NOT NULL
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
BEGIN SELECT raise(ABORT, 'the audit log is append-only'); END;

-- Where the log ends: so that rows missing at its end are missed.
CREATE TABLE audit_end (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    number INTEGER NOT NULL,
    hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_end (one, number, hash) VALUES (1, 0, zeroblob(32));

-- How many questions a station asked on a day, and how many of them met nobody.
CREATE TABLE lookup_count (
    station TEXT NOT NULL REFERENCES station (keyid),
    day INTEGER NOT NULL,
    asked INTEGER NOT NULL,
    unmatched INTEGER NOT NULL,
    PRIMARY KEY (station, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX lookup_count_by_day ON lookup_count (day);

-- The registration that an entry moves to another tube.
ALTER TABLE entry ADD COLUMN moves TEXT;
CREATE INDEX entry_by_moved ON entry (moves, at) WHERE moves IS NOT NULL;
CREATE INDEX entry_by_session ON entry (session, at) WHERE session IS NOT NULL;

-- Where each person who is in the register stands now: the tube of the last move, or of the registration itself. What
-- was taken back is not here.
CREATE VIEW placement AS
SELECT number, id, station, slot, at,
    -- The calendar day of Shanghai, which has no summer time.
    (at + 28800) / 86400 AS day,
    -- Of moves in one second the same one wins in whatever order they came.
    coalesce((SELECT move.barcode FROM entry AS move WHERE move.moves = entry.id
              ORDER BY move.at DESC, move.id DESC LIMIT 1), barcode) AS barcode
FROM entry
WHERE slot IS NOT NULL AND event IN ('registered', 'registered-by-id-card', 'registered-by-hand')
    AND NOT EXISTS (SELECT 1 FROM entry AS undo WHERE undo.undoes = entry.id);

-- These are found from the placements now, whichever entry comes first.
DELETE FROM conflict WHERE kind = 'person-in-two-tubes';
