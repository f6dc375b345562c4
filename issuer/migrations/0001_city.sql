-- The register, devices, codes, keys, lists and the journal of registrations.
-- Times are seconds since the epoch. Kinds of lines and of static codes are numbered as in docs/format.md.

CREATE TABLE person (
    slot INTEGER PRIMARY KEY,
    id_number TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    birth_date TEXT NOT NULL,
    colour TEXT NOT NULL CHECK (colour IN ('green', 'yellow', 'red')),
    colour_at INTEGER NOT NULL,
    -- Credentials with an earlier iat are void: the colour has fallen since.
    credentials_from INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE kinship (
    guardian INTEGER NOT NULL REFERENCES person (slot),
    child INTEGER NOT NULL REFERENCES person (slot),
    relation TEXT NOT NULL CHECK (relation IN ('parent', 'guardian')),
    PRIMARY KEY (guardian, child)
) STRICT, WITHOUT ROWID;
CREATE INDEX kinship_by_child ON kinship (child);

CREATE TABLE activation (
    -- The first characters of the code, by which it is found; no secret.
    selector TEXT PRIMARY KEY,
    hash BLOB NOT NULL,
    slot INTEGER REFERENCES person (slot),
    station_name TEXT,
    expires INTEGER NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- Once used: by which key, and the name of the device or station that came of it.
    used_by BLOB,
    keyid TEXT,
    CHECK ((slot IS NULL) <> (station_name IS NULL))
) STRICT;

CREATE TABLE device (
    keyid TEXT PRIMARY KEY,
    slot INTEGER NOT NULL REFERENCES person (slot),
    algorithm INTEGER NOT NULL,
    key BLOB NOT NULL,
    enrolled INTEGER NOT NULL,
    ended INTEGER
) STRICT;
CREATE UNIQUE INDEX device_in_use ON device (slot) WHERE ended IS NULL;

CREATE TABLE station (
    keyid TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    algorithm INTEGER NOT NULL,
    key BLOB NOT NULL,
    enrolled INTEGER NOT NULL
) STRICT;

CREATE TABLE holding (
    number INTEGER PRIMARY KEY,
    device TEXT NOT NULL REFERENCES device (keyid),
    slot INTEGER NOT NULL REFERENCES person (slot),
    relation TEXT NOT NULL CHECK (relation IN ('oneself', 'child', 'ward')),
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
CREATE UNIQUE INDEX holding_in_use ON holding (device, slot) WHERE ended IS NULL;
CREATE INDEX holding_by_slot ON holding (slot);

CREATE TABLE root (
    number INTEGER PRIMARY KEY CHECK (number IN (0, 1)),
    public BLOB NOT NULL,
    -- Only of the root in daily use.
    seed BLOB
) STRICT;

CREATE TABLE signing_key (
    id INTEGER PRIMARY KEY,
    kid INTEGER NOT NULL CHECK (kid BETWEEN 0 AND 255),
    purposes INTEGER NOT NULL,
    seed BLOB NOT NULL,
    -- Published at once, used from here on.
    sign_from INTEGER NOT NULL,
    sign_until INTEGER NOT NULL,
    accept_until INTEGER NOT NULL,
    recalled INTEGER
) STRICT;

CREATE TABLE trust (
    version INTEGER PRIMARY KEY,
    iat INTEGER NOT NULL,
    raw BLOB NOT NULL
) STRICT;

CREATE TABLE policy (
    version INTEGER PRIMARY KEY,
    key INTEGER NOT NULL REFERENCES signing_key (id),
    content TEXT NOT NULL,
    raw BLOB NOT NULL
) STRICT;

-- One row for each kind and slot (design section 4).
CREATE TABLE static_code (
    kind INTEGER NOT NULL,
    slot INTEGER NOT NULL REFERENCES person (slot),
    current INTEGER,
    successor INTEGER,
    last_iat INTEGER NOT NULL,
    -- The latest exp of any code ever issued of this kind and slot.
    longest_exp INTEGER NOT NULL,
    revoked_before INTEGER,
    PRIMARY KEY (kind, slot)
) STRICT, WITHOUT ROWID;

CREATE TABLE issued (
    kind INTEGER NOT NULL,
    slot INTEGER NOT NULL REFERENCES person (slot),
    iat INTEGER NOT NULL,
    nbf INTEGER,
    exp INTEGER NOT NULL,
    text TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES signing_key (id),
    by_slot INTEGER NOT NULL REFERENCES person (slot),
    by_device TEXT NOT NULL REFERENCES device (keyid),
    made INTEGER NOT NULL,
    regenerated INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    PRIMARY KEY (kind, slot, iat)
) STRICT, WITHOUT ROWID;

CREATE TABLE wish (
    device TEXT NOT NULL REFERENCES device (keyid),
    idempotency_key TEXT NOT NULL,
    digest BLOB NOT NULL,
    outcome TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (device, idempotency_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE nonce (
    keyid TEXT NOT NULL,
    nonce BLOB NOT NULL,
    expires INTEGER NOT NULL,
    PRIMARY KEY (keyid, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX nonce_by_expiry ON nonce (expires);

CREATE TABLE line (
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    before INTEGER NOT NULL,
    cause INTEGER NOT NULL,
    -- From then on everything it voids has expired.
    until INTEGER NOT NULL,
    -- The sequence of the list that first carries it as it is.
    changed INTEGER NOT NULL,
    PRIMARY KEY (kind, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_change ON line (kind, changed);

CREATE TABLE publication (
    kind INTEGER PRIMARY KEY,
    sequence INTEGER NOT NULL
) STRICT;
INSERT INTO publication (kind, sequence) VALUES (1, 0), (2, 0), (3, 0), (4, 0);

-- The stations' journals, as they were sent. Append-only.
CREATE TABLE entry (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    station TEXT NOT NULL REFERENCES station (keyid),
    digest BLOB NOT NULL,
    received INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    content TEXT NOT NULL,
    -- By which conflicts are found.
    slot INTEGER,
    barcode TEXT,
    undoes TEXT,
    -- What it belongs to.
    tube TEXT,
    session TEXT,
    UNIQUE (id, digest)
) STRICT;
CREATE INDEX entry_by_slot ON entry (slot, at) WHERE slot IS NOT NULL;
CREATE INDEX entry_by_barcode ON entry (barcode) WHERE event = 'tube-opened';
CREATE INDEX entry_by_undone ON entry (undoes) WHERE undoes IS NOT NULL;

CREATE TABLE conflict (
    entry INTEGER NOT NULL REFERENCES entry (number),
    with_entry INTEGER NOT NULL REFERENCES entry (number),
    kind TEXT NOT NULL,
    PRIMARY KEY (entry, with_entry, kind)
) STRICT, WITHOUT ROWID;
