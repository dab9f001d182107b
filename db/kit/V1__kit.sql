-- Tables that every service has in its own schema.

CREATE TABLE outbox (
    position   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id         uuid        NOT NULL UNIQUE,
    tenant     text        NOT NULL,
    topic      text        NOT NULL,
    key        text        NOT NULL,
    payload    text        NOT NULL,
    created_at timestamptz NOT NULL
);

CREATE TABLE inbox (
    consumer    text        NOT NULL,
    event_id    uuid        NOT NULL,
    tenant      text        NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON inbox (received_at);

CREATE TABLE dead_letter (
    id          uuid PRIMARY KEY,
    tenant      text        NOT NULL,
    topic       text        NOT NULL,
    key         text,
    type        text,
    payload     text        NOT NULL,
    cause       text        NOT NULL,
    attempts    integer     NOT NULL,
    created_at  timestamptz NOT NULL,
    replayed_at timestamptz
);
CREATE INDEX dead_letter_tenant ON dead_letter (tenant, id DESC);

CREATE TABLE idempotency_key (
    tenant      text        NOT NULL,
    caller      text        NOT NULL,
    method      text        NOT NULL,
    path        text        NOT NULL,
    key         text        NOT NULL,
    body_digest text        NOT NULL,
    status      integer     NOT NULL,
    headers     text        NOT NULL,
    body        text        NOT NULL,
    created_at  timestamptz NOT NULL,
    PRIMARY KEY (tenant, caller, method, path, key)
);
CREATE INDEX idempotency_key_created ON idempotency_key (created_at);
