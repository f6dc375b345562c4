CREATE INDEX receipt_conflict ON receipt (position) WHERE conflict = 1
CREATE TABLE entry ( position INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, content BLOB NOT NULL ) STRICT
CREATE TABLE line ( kind INTEGER NOT NULL, number INTEGER NOT NULL, before INTEGER NOT NULL, cause INTEGER NOT NULL, PRIMARY KEY (kind, number) ) STRICT, WITHOUT ROWID
CREATE TABLE receipt ( position INTEGER PRIMARY KEY REFERENCES entry (position), conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)), outcome BLOB NOT NULL ) STRICT
CREATE TABLE record (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT, WITHOUT ROWID
CREATE TABLE shown_proof ( signed_at INTEGER NOT NULL, holding INTEGER NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (signed_at, holding) ) STRICT, WITHOUT ROWID
CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END
CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END
