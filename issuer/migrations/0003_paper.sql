-- Paper codes, desks (browsers and terminals) and what they ask to be confirmed.

-- A paper code may be made with the ID card alone, by no phone.
CREATE TABLE issued_anew (
    kind INTEGER NOT NULL,
    slot INTEGER NOT NULL REFERENCES person (slot),
    iat INTEGER NOT NULL,
    nbf INTEGER,
    exp INTEGER NOT NULL,
    text TEXT NOT NULL,
    key INTEGER NOT NULL REFERENCES signing_key (id),
    by_slot INTEGER NOT NULL REFERENCES person (slot),
    -- The phone that asked for it, or confirmed it.
    by_device TEXT REFERENCES device (keyid),
    made INTEGER NOT NULL,
    regenerated INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    -- Only of paper codes: the terminal or the portal, and what is printed beside it.
    place TEXT,
    serial TEXT,
    PRIMARY KEY (kind, slot, iat)
) STRICT, WITHOUT ROWID;
INSERT INTO issued_anew
SELECT kind, slot, iat, nbf, exp, text, key, by_slot, by_device, made, regenerated, voided, NULL, NULL
FROM issued;
DROP TABLE issued;
ALTER TABLE issued_anew RENAME TO issued;
CREATE UNIQUE INDEX issued_by_serial ON issued (serial) WHERE serial IS NOT NULL;

-- The last paper code that a person reported lost (R4).
CREATE TABLE loss_report (
    slot INTEGER PRIMARY KEY REFERENCES person (slot),
    -- The code.
    iat INTEGER NOT NULL,
    at INTEGER NOT NULL,
    by_slot INTEGER NOT NULL REFERENCES person (slot),
    by_device TEXT REFERENCES device (keyid),
    place TEXT NOT NULL
) STRICT;

-- What is older is let go of.
CREATE INDEX wish_by_time ON wish (at);

CREATE TABLE terminal (
    name TEXT PRIMARY KEY,
    -- The activation code that is out: its first characters, by which it is found, and its hash.
    selector TEXT UNIQUE,
    hash BLOB,
    expires INTEGER,
    attempts INTEGER NOT NULL DEFAULT 0,
    -- The hash of what the browser that is this terminal keeps.
    secret BLOB UNIQUE,
    set_up INTEGER,
    -- Cards that met nobody, and when the first of these was read.
    unmatched INTEGER NOT NULL DEFAULT 0,
    unmatched_since INTEGER
) STRICT;

-- One browser session at the portal, or one person's at a terminal.
CREATE TABLE desk (
    id TEXT PRIMARY KEY,
    -- The hash of what the browser keeps.
    secret BLOB NOT NULL UNIQUE,
    place TEXT NOT NULL CHECK (place IN ('portal', 'terminal')),
    -- Of the terminal, or what is known of the browser.
    name TEXT NOT NULL,
    opened INTEGER NOT NULL,
    used INTEGER NOT NULL,
    -- Who logged in, and by what.
    user INTEGER REFERENCES person (slot),
    authority TEXT NOT NULL DEFAULT 'none' CHECK (authority IN ('none', 'phone', 'card'))
) STRICT;
CREATE INDEX desk_by_use ON desk (used);
CREATE INDEX desk_by_opening ON desk (opened);

-- What a desk asks, the last only.
CREATE TABLE challenge (
    id TEXT PRIMARY KEY,
    desk TEXT NOT NULL UNIQUE REFERENCES desk (id) ON DELETE CASCADE,
    digits TEXT NOT NULL,
    began INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    act TEXT NOT NULL,
    -- Whose phone is asked; none where it is whoever scans it.
    addressee INTEGER REFERENCES person (slot),
    -- The phone that took it up.
    device TEXT REFERENCES device (keyid),
    state TEXT NOT NULL CHECK (
        state IN ('open', 'done', 'declined', 'changed', 'not-eligible')
    ),
    ticket TEXT
) STRICT;
CREATE INDEX challenge_by_addressee ON challenge (addressee) WHERE state = 'open';

-- What may be printed, and until when.
CREATE TABLE ticket (
    id TEXT PRIMARY KEY,
    desk TEXT NOT NULL REFERENCES desk (id) ON DELETE CASCADE,
    expires INTEGER NOT NULL
) STRICT;
CREATE INDEX ticket_by_desk ON ticket (desk);
CREATE TABLE ticket_code (
    ticket TEXT NOT NULL REFERENCES ticket (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    slot INTEGER NOT NULL,
    iat INTEGER NOT NULL,
    PRIMARY KEY (ticket, position)
) STRICT, WITHOUT ROWID;
