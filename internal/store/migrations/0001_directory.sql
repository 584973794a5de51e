-- {text} is text that is compared byte by byte. Moments are microseconds since
-- 1970-01-01 UTC; 0 is never. The prefix keeps clear of the shop's own tables.

CREATE TABLE peyk_revision (
    n     bigint NOT NULL, -- the last change of keys, teams or couriers
    floor bigint NOT NULL  -- what was deleted up to here is no longer known
);
INSERT INTO peyk_revision VALUES (0, 0);

CREATE TABLE peyk_keys (
    id       {text} PRIMARY KEY,
    hash     {text} NOT NULL UNIQUE, -- SHA-256 of the whole key, in hexadecimal
    prefix   {text} NOT NULL,
    name     {text} NOT NULL,
    claims   {text} NOT NULL, -- JSON
    made     bigint NOT NULL,
    until    bigint NOT NULL,
    used     bigint NOT NULL,
    revoked  bigint NOT NULL,
    revision bigint NOT NULL
);

CREATE TABLE peyk_teams (
    id   {text} PRIMARY KEY,
    name {text} NOT NULL
);

-- Who the shop lists, and who was only heard: they have only id, username and name.
CREATE TABLE peyk_couriers (
    id       {text} PRIMARY KEY,
    username {text} NOT NULL DEFAULT '',
    name     {text} NOT NULL DEFAULT '',
    team     {text} NOT NULL DEFAULT '', -- empty: none
    active   boolean NOT NULL DEFAULT true,
    listed   bigint NOT NULL DEFAULT 0, -- the revision that listed it; 0: only heard
    revision bigint NOT NULL DEFAULT 0, -- the last that changed it
    phone    {text} NOT NULL DEFAULT '',
    vehicle  {text} NOT NULL DEFAULT '',
    metadata {text} NOT NULL DEFAULT '', -- JSON as the shop wrote it; empty: none
    search   {text} NOT NULL             -- the texts folded, as fold.go says
);
CREATE INDEX peyk_couriers_team ON peyk_couriers (team, id);
CREATE INDEX peyk_couriers_revision ON peyk_couriers (revision);

CREATE TABLE peyk_deleted (
    id       {text} PRIMARY KEY,
    revision bigint NOT NULL,
    at       bigint NOT NULL
);

CREATE TABLE peyk_positions (
    id     {text} PRIMARY KEY,
    stamp  bigint NOT NULL,
    report {text} NOT NULL -- JSON
);
