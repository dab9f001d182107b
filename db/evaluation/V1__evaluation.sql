-- What evaluation knows of versions, from VersionRegistered.
CREATE TABLE model_version (
    id             uuid PRIMARY KEY,
    tenant         text NOT NULL,
    kind           text NOT NULL,
    name           text NOT NULL,
    digest         text NOT NULL,
    base_digest    text NOT NULL,
    dataset_digest text
);

CREATE TABLE evaluation (
    id              uuid PRIMARY KEY,
    tenant          text NOT NULL,
    version_id      uuid NOT NULL,
    artifact_digest text NOT NULL,
    base_digest     text NOT NULL,
    dataset_digest  text,
    suites          text NOT NULL,
    requested_by    text NOT NULL,
    state           text NOT NULL,
    verdict         text,
    error           text,
    scores          text NOT NULL,
    gates           text NOT NULL,
    items_done      integer NOT NULL,
    items_total     integer NOT NULL,
    attempts        integer NOT NULL,
    claimed_until   timestamptz,
    created_at      timestamptz NOT NULL,
    completed_at    timestamptz,
    lock_version    bigint NOT NULL
);

CREATE INDEX evaluation_by_tenant ON evaluation (tenant, id DESC);
CREATE INDEX evaluation_by_version ON evaluation (tenant, version_id, id DESC);
CREATE INDEX evaluation_waiting ON evaluation (id) WHERE state IN ('QUEUED', 'RUNNING');

-- Answers by model and suite content: a run cut short goes on, and a base is asked only once.
CREATE TABLE answer (
    tenant         text NOT NULL,
    base_digest    text NOT NULL,
    adapter_digest text NOT NULL,
    suite          text NOT NULL,
    suite_digest   text NOT NULL,
    item_id        text NOT NULL,
    output         text NOT NULL,
    is_right       boolean NOT NULL,
    PRIMARY KEY (tenant, base_digest, adapter_digest, suite, suite_digest, item_id)
);
