//! The station's database.

use suima_device::{Durability, Schema, records};

/// What lies in the station's file.
///
/// * `entry`: the journal. Triggers keep even a mistake in this program from changing or removing an entry.
/// * `receipt`: what the issuer answered about an entry.
/// * `line`: revocation lines, in the clear: numbers that say nothing of a person, and too many to seal one by
///   one.
/// * `shown_proof`: the live proofs that opened a gate, by holding and the time they were signed at: numbers drawn at
///   random and times, in the clear for the same reasons.
/// * `record`: the few single values: the enrolment, documents, sequences, times.
pub(crate) const SCHEMA: Schema = Schema {
    name: "station",
    application_id: 0x5355_5354,
    durability: Durability::Journal,
    migrations: &[
        records::TABLE,
        "CREATE TABLE entry (
             position INTEGER PRIMARY KEY,
             id TEXT NOT NULL UNIQUE,
             content BLOB NOT NULL
         ) STRICT;
         CREATE TRIGGER entry_is_never_changed BEFORE UPDATE ON entry
         BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END;
         CREATE TRIGGER entry_is_never_removed BEFORE DELETE ON entry
         BEGIN SELECT RAISE(ABORT, 'the journal is only appended to'); END;
         CREATE TABLE receipt (
             position INTEGER PRIMARY KEY REFERENCES entry (position),
             conflict INTEGER NOT NULL CHECK (conflict IN (0, 1)),
             outcome BLOB NOT NULL
         ) STRICT;
         CREATE INDEX receipt_conflict ON receipt (position) WHERE conflict = 1;
         CREATE TABLE line (
             kind INTEGER NOT NULL,
             number INTEGER NOT NULL,
             before INTEGER NOT NULL,
             cause INTEGER NOT NULL,
             PRIMARY KEY (kind, number)
         ) STRICT, WITHOUT ROWID;",
        "CREATE TABLE shown_proof (
             signed_at INTEGER NOT NULL,
             holding INTEGER NOT NULL,
             at INTEGER NOT NULL,
             PRIMARY KEY (signed_at, holding)
         ) STRICT, WITHOUT ROWID;",
    ],
};
