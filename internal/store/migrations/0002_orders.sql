-- What the shop says of its orders, and the links by which customers watch them.

CREATE TABLE peyk_orders (
    id       {text} PRIMARY KEY,
    courier  {text} NOT NULL,  -- empty: nobody yet
    state    integer NOT NULL, -- as package peyk numbers them; 0: the order was deleted
    ended    bigint NOT NULL,  -- when it ended, or was deleted; 0: it is open
    version  bigint NOT NULL,  -- goes on if a deleted order is made again
    body     {text} NOT NULL,  -- JSON; empty: deleted
    search   {text} NOT NULL,  -- the texts folded, as fold.go says
    revision bigint NOT NULL
);
CREATE INDEX peyk_orders_courier ON peyk_orders (courier, id);
CREATE INDEX peyk_orders_ended ON peyk_orders (ended, id);
CREATE INDEX peyk_orders_revision ON peyk_orders (revision);
CREATE INDEX peyk_orders_deleted ON peyk_orders (revision) WHERE state = 0;

CREATE TABLE peyk_shares (
    id       {text} PRIMARY KEY,
    order_id {text} NOT NULL,
    hash     {text} NOT NULL UNIQUE, -- SHA-256 of the secret, in hexadecimal
    made     bigint NOT NULL,
    until    bigint NOT NULL,
    revoked  bigint NOT NULL,
    revision bigint NOT NULL
);
CREATE INDEX peyk_shares_order ON peyk_shares (order_id, made);
CREATE INDEX peyk_shares_revision ON peyk_shares (revision);

-- Requests that must not take place twice, and what was answered to them.
CREATE TABLE peyk_once (
    id      {text} PRIMARY KEY,
    request {text} NOT NULL, -- SHA-256, in hexadecimal
    answer  {text} NOT NULL,
    at      bigint NOT NULL
);
CREATE INDEX peyk_once_at ON peyk_once (at);
