-- A policy is never changed: a new version is a new row, and the highest one counts.
CREATE TABLE policy_version (
    id               uuid        PRIMARY KEY,
    tenant           text        NOT NULL,
    policy_id        uuid        NOT NULL,
    version          integer     NOT NULL CHECK (version > 0),
    name             text        NOT NULL,
    categories       text        NOT NULL,
    guard_version_id uuid,
    threshold        double precision NOT NULL CHECK (threshold > 0 AND threshold < 1),
    published_by     text        NOT NULL,
    published_at     timestamptz NOT NULL,
    UNIQUE (policy_id, version),
    UNIQUE (tenant, name, version)
);
CREATE INDEX policy_version_newest ON policy_version (tenant, policy_id, version DESC);

-- Bases and guards that model-registry told of.
CREATE TABLE known_base (
    id     uuid PRIMARY KEY,
    tenant text NOT NULL,
    digest text NOT NULL
);
CREATE TABLE known_guard (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    name            text NOT NULL,
    digest          text NOT NULL,
    base_version_id uuid NOT NULL
);
CREATE INDEX known_guard_tenant ON known_guard (tenant);

-- The latest change of every model name; a guard whose name is live with it is the one that judges.
CREATE TABLE known_deployment (
    tenant     text        NOT NULL,
    model      text        NOT NULL,
    version_id uuid,
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (tenant, model)
);

CREATE TABLE verdict (
    id               uuid        PRIMARY KEY,
    tenant           text        NOT NULL,
    policy_id        uuid        NOT NULL,
    policy_version   integer     NOT NULL,
    guard_version_id uuid        NOT NULL,
    role             text        NOT NULL CHECK (role IN ('user', 'assistant')),
    safe             boolean     NOT NULL,
    categories       text        NOT NULL,
    score            double precision NOT NULL CHECK (score >= 0 AND score <= 1),
    text_digest      text        NOT NULL,
    windows          integer     NOT NULL CHECK (windows > 0),
    reached_at       timestamptz NOT NULL
);
CREATE INDEX verdict_newest ON verdict (tenant, id DESC);

-- What somebody should look at: unsafe texts, and hours in which a verdict was not to be had.
CREATE TABLE incident (
    id          uuid        PRIMARY KEY,
    tenant      text        NOT NULL,
    kind        text        NOT NULL CHECK (kind IN ('UNSAFE_PROMPT', 'UNSAFE_RESPONSE', 'NO_VERDICT')),
    verdict_id  uuid        REFERENCES verdict (id),
    detail      text        NOT NULL,
    hour        timestamptz,
    occurrences bigint      NOT NULL,
    first_at    timestamptz NOT NULL,
    last_at     timestamptz NOT NULL,
    CHECK ((kind = 'NO_VERDICT') = (hour IS NOT NULL))
);
CREATE UNIQUE INDEX incident_hour ON incident (tenant, kind, detail, hour) WHERE hour IS NOT NULL;
CREATE INDEX incident_newest ON incident (tenant, id DESC);
