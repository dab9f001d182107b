-- A base, adapter or guard that is in the artifact store and on record.
CREATE TABLE model_version (
    id                 uuid        PRIMARY KEY,
    tenant             text        NOT NULL,
    kind               text        NOT NULL CHECK (kind IN ('BASE', 'ADAPTER', 'GUARD')),
    name               text        NOT NULL,
    digest             text        NOT NULL,
    state              text        NOT NULL CHECK (state IN ('IMPORTED', 'CANDIDATE', 'EVALUATED', 'APPROVED', 'REJECTED')),
    base_version_id    uuid        REFERENCES model_version (id),
    base_digest        text,
    job_id             uuid,
    dataset_version_id uuid,
    dataset_digest     text,
    evaluation_id      uuid,
    gate               text        CHECK (gate IN ('PASS', 'FAIL', 'INCONCLUSIVE')),
    format             text,
    source             text,
    licence            text,
    created_by         text        NOT NULL,
    created_at         timestamptz NOT NULL,
    lock_version       bigint      NOT NULL,
    CHECK (kind = 'BASE' OR (base_version_id IS NOT NULL AND base_digest IS NOT NULL))
);
CREATE UNIQUE INDEX model_version_job ON model_version (tenant, job_id) WHERE job_id IS NOT NULL;
CREATE UNIQUE INDEX model_version_import ON model_version (tenant, kind, name, digest) WHERE kind <> 'ADAPTER';
CREATE INDEX model_version_newest ON model_version (tenant, id DESC);
CREATE INDEX model_version_name ON model_version (tenant, name);

-- What evaluation found for one digest; the latest one counts.
CREATE TABLE evaluation (
    id              uuid        PRIMARY KEY,
    tenant          text        NOT NULL,
    version_id      uuid        NOT NULL REFERENCES model_version (id),
    artifact_digest text        NOT NULL,
    verdict         text        NOT NULL CHECK (verdict IN ('PASS', 'FAIL', 'INCONCLUSIVE')),
    scores          jsonb       NOT NULL,
    completed_at    timestamptz NOT NULL
);
CREATE INDEX evaluation_of_version ON evaluation (version_id, completed_at DESC);

-- A request for approval, bound to a digest and an evaluation.
CREATE TABLE approval (
    id               uuid        PRIMARY KEY,
    tenant           text        NOT NULL,
    version_id       uuid        NOT NULL REFERENCES model_version (id),
    artifact_digest  text        NOT NULL,
    evaluation_id    uuid        NOT NULL,
    proposer         text        NOT NULL,
    comment          text,
    state            text        NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED', 'VOID')),
    decided_by       text,
    decision_comment text,
    decided_at       timestamptz,
    created_at       timestamptz NOT NULL,
    lock_version     bigint      NOT NULL,
    CHECK (state NOT IN ('APPROVED', 'REJECTED') OR decided_by <> proposer)
);
CREATE UNIQUE INDEX approval_pending ON approval (version_id) WHERE state = 'PENDING';
CREATE INDEX approval_newest ON approval (tenant, id DESC);

-- Hash-chained by tenant; details is canonical JSON text because its very bytes are hashed.
CREATE TABLE approval_log (
    tenant        text        NOT NULL,
    sequence      bigint      NOT NULL CHECK (sequence > 0),
    at            timestamptz NOT NULL,
    action        text        NOT NULL,
    subject_kind  text        NOT NULL,
    subject_id    text        NOT NULL,
    actor         text        NOT NULL,
    details       text        NOT NULL,
    previous_hash text        NOT NULL,
    hash          text        NOT NULL,
    PRIMARY KEY (tenant, sequence)
);

CREATE FUNCTION refuse_change_of_approval_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'approval_log is append-only: % refused', TG_OP;
END;
$$;
CREATE TRIGGER approval_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON approval_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_approval_log();

-- One act of deploying a version under a model name; at most one of them is live for each name.
CREATE TABLE deployment (
    id              uuid        PRIMARY KEY,
    tenant          text        NOT NULL,
    model           text        NOT NULL,
    version_id      uuid        NOT NULL REFERENCES model_version (id),
    base_version_id uuid        NOT NULL REFERENCES model_version (id),
    policy_id       uuid,
    state           text        NOT NULL CHECK (state IN ('LIVE', 'SUPERSEDED', 'ROLLED_BACK', 'UNDEPLOYED')),
    previous_id     uuid        REFERENCES deployment (id),
    deployed_by     text        NOT NULL,
    deployed_at     timestamptz NOT NULL,
    ended_by        text,
    ended_at        timestamptz,
    lock_version    bigint      NOT NULL
);
CREATE UNIQUE INDEX deployment_live ON deployment (tenant, model) WHERE state = 'LIVE';
CREATE INDEX deployment_newest ON deployment (tenant, id DESC);

-- Lets adapters trained on one base digest serve on another base.
CREATE TABLE compatible_base (
    id                uuid        PRIMARY KEY,
    tenant            text        NOT NULL,
    trained_on_digest text        NOT NULL,
    base_version_id   uuid        NOT NULL REFERENCES model_version (id),
    metric            text        NOT NULL,
    reference         double precision NOT NULL,
    measured          double precision NOT NULL,
    items             integer     NOT NULL CHECK (items > 0),
    state             text        NOT NULL CHECK (state IN ('PENDING', 'APPROVED', 'REJECTED')),
    registered_by     text        NOT NULL,
    created_at        timestamptz NOT NULL,
    decided_by        text,
    decided_at        timestamptz,
    lock_version      bigint      NOT NULL,
    CHECK (state = 'PENDING' OR decided_by <> registered_by)
);
CREATE UNIQUE INDEX compatible_base_open ON compatible_base (tenant, trained_on_digest, base_version_id) WHERE state <> 'REJECTED';
CREATE INDEX compatible_base_newest ON compatible_base (tenant, id DESC);

-- The graph from a source document to an answer; an edge leads from a source to what was made of it.
CREATE TABLE lineage_node (
    tenant text  NOT NULL,
    kind   text  NOT NULL,
    id     text  NOT NULL,
    facts  jsonb NOT NULL,
    PRIMARY KEY (tenant, kind, id)
);
CREATE TABLE lineage_edge (
    tenant    text NOT NULL,
    from_kind text NOT NULL,
    from_id   text NOT NULL,
    to_kind   text NOT NULL,
    to_id     text NOT NULL,
    PRIMARY KEY (tenant, from_kind, from_id, to_kind, to_id)
);
CREATE INDEX lineage_edge_upward ON lineage_edge (tenant, to_kind, to_id);
