-- Consent of adults, documents besides ID cards, and groups that are given paper codes.
-- References are not enforced while this runs, so that tables can be made anew; they are checked at the end.

CREATE TABLE person_anew (
    slot INTEGER PRIMARY KEY,
    -- None for those who have another document, and for children who have none yet.
    id_number TEXT UNIQUE,
    name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    colour TEXT NOT NULL CHECK (colour IN ('green', 'yellow', 'red')),
    colour_at INTEGER NOT NULL,
    -- Credentials with an earlier iat are void: the colour has fallen since.
    credentials_from INTEGER NOT NULL DEFAULT 0,
    -- The groups that policy may give paper codes (R3), as bits.
    paper_groups INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO person_anew
SELECT slot, id_number, name, birth_date, colour, colour_at, credentials_from, 0 FROM person;
DROP TABLE person;
ALTER TABLE person_anew RENAME TO person;

-- Travel permits and passports. One that was renewed stays, so that its number is never taken for somebody else's.
CREATE TABLE document (
    kind TEXT NOT NULL CHECK (kind IN ('travel-permit', 'passport')),
    -- Three letters, of a passport; empty for a travel permit.
    country TEXT NOT NULL,
    number TEXT NOT NULL,
    slot INTEGER NOT NULL REFERENCES person (slot),
    since INTEGER NOT NULL,
    replaced INTEGER,
    PRIMARY KEY (kind, country, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_by_number ON document (number);

-- Parents and guardians that an operator took out of the register, and why.
CREATE TABLE kinship_ended (
    guardian INTEGER NOT NULL REFERENCES person (slot),
    child INTEGER NOT NULL REFERENCES person (slot),
    relation TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    -- Where an operator took that back.
    restored INTEGER,
    restore_reason TEXT
) STRICT;
CREATE INDEX kinship_ended_by_child ON kinship_ended (child);

ALTER TABLE device ADD COLUMN replaces TEXT REFERENCES device (keyid);
-- Where an operator ended it.
ALTER TABLE device ADD COLUMN end_reason TEXT;

CREATE TABLE holding_anew (
    number INTEGER PRIMARY KEY,
    device TEXT NOT NULL REFERENCES device (keyid),
    slot INTEGER NOT NULL REFERENCES person (slot),
    relation TEXT NOT NULL CHECK (relation IN ('oneself', 'child', 'ward', 'relative')),
    algorithm INTEGER NOT NULL,
    key BLOB NOT NULL,
    since INTEGER NOT NULL,
    ended INTEGER,
    -- The newest credential.
    credential BLOB,
    credential_iat INTEGER NOT NULL DEFAULT 0,
    credential_colour TEXT,
    credential_name TEXT,
    credential_key INTEGER REFERENCES signing_key (id),
    -- The latest iat and the latest exp of any credential of this holding.
    credential_latest INTEGER NOT NULL DEFAULT 0,
    credential_until INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO holding_anew SELECT * FROM holding;
DROP TABLE holding;
ALTER TABLE holding_anew RENAME TO holding;
CREATE UNIQUE INDEX holding_in_use ON holding (device, slot) WHERE ended IS NULL;
CREATE INDEX holding_by_slot ON holding (slot);
-- By which those are found whose children have come of age.
CREATE INDEX holding_by_kinship ON holding (slot)
WHERE ended IS NULL AND relation IN ('child', 'ward');

-- Adults who agreed that somebody holds their codes.
CREATE TABLE consent (
    number INTEGER PRIMARY KEY,
    asker INTEGER NOT NULL REFERENCES person (slot),
    relative INTEGER NOT NULL REFERENCES person (slot),
    at INTEGER NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('phone', 'terminal', 'operator')),
    -- The name of the terminal, or the operator's reason.
    note TEXT,
    ended INTEGER,
    end_reason TEXT
) STRICT;
CREATE UNIQUE INDEX consent_in_force ON consent (asker, relative) WHERE ended IS NULL;

-- Questions for consent; those to nobody too, which nobody can tell from the others.
CREATE TABLE ask (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    asker INTEGER NOT NULL REFERENCES person (slot),
    device TEXT NOT NULL REFERENCES device (keyid),
    -- The idempotency key: the same question sent again is one question.
    wish TEXT NOT NULL,
    -- Who is asked, if anybody.
    target INTEGER,
    at INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'agreed', 'declined', 'redeemed', 'void')),
    -- Eight digits could be found from any hash of them: what guards them is that they are short-lived and good for
    -- one phone and a few tries.
    code TEXT,
    code_expires INTEGER,
    UNIQUE (device, wish)
) STRICT;
CREATE INDEX ask_by_asker ON ask (asker, at);
CREATE INDEX ask_by_target ON ask (target, at);
CREATE INDEX ask_by_time ON ask (at);

-- One-time codes that were told wrongly since the last right one.
CREATE TABLE wrong_code (
    asker INTEGER PRIMARY KEY REFERENCES person (slot),
    times INTEGER NOT NULL
) STRICT;

-- The latest birth date whose people had come of age when their guardians' holdings were last looked through.
CREATE TABLE come_of_age (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    born_until TEXT NOT NULL
) STRICT;
INSERT INTO come_of_age (only, born_until) VALUES (1, '');
