-- Keys of applications; the value itself is never stored.
CREATE TABLE application_key (
    id              uuid        PRIMARY KEY,
    tenant          text        NOT NULL,
    name            text        NOT NULL,
    digest          text        NOT NULL UNIQUE,
    hint            text        NOT NULL,
    created_by      text        NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    revoked_by      text,
    last_used_at    timestamptz,
    idempotency_key text,
    lock_version    bigint      NOT NULL
);
CREATE INDEX application_key_newest ON application_key (tenant, id DESC);
CREATE UNIQUE INDEX application_key_once ON application_key (tenant, created_by, idempotency_key)
    WHERE idempotency_key IS NOT NULL;

-- One answer given or withheld; prompt and answer are null unless the tenant opted in.
CREATE TABLE answer (
    id                 text        PRIMARY KEY,
    tenant             text        NOT NULL,
    model              text        NOT NULL,
    version_id         uuid        NOT NULL,
    policy_id          uuid        NOT NULL,
    policy_version     integer     NOT NULL,
    input_verdict_id   uuid,
    output_verdict_id  uuid,
    prompt_digest      text        NOT NULL,
    answer_digest      text        NOT NULL,
    finish_reason      text        NOT NULL,
    application_key_id uuid        NOT NULL,
    created_at         timestamptz NOT NULL,
    prompt             text,
    answer             text
);
CREATE INDEX answer_newest ON answer (tenant, created_at DESC);
