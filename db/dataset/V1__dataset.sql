CREATE TABLE document (
    id          uuid PRIMARY KEY,
    tenant      text        NOT NULL,
    name        text        NOT NULL,
    digest      text        NOT NULL,
    text_digest text        NOT NULL,
    media_type  text        NOT NULL,
    characters  bigint      NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE (tenant, digest)
);

CREATE TABLE dataset (
    id          uuid PRIMARY KEY,
    tenant      text        NOT NULL,
    name        text        NOT NULL,
    description text,
    version     bigint      NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE (tenant, name)
);

CREATE TABLE upload (
    id          uuid PRIMARY KEY,
    tenant      text        NOT NULL,
    dataset_id  uuid        NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
    format      text        NOT NULL,
    digest      text        NOT NULL,
    rows_digest text        NOT NULL,
    row_count   integer     NOT NULL,
    created_by  text        NOT NULL,
    created_at  timestamptz NOT NULL,
    UNIQUE (dataset_id, rows_digest)
);

CREATE TABLE dataset_version (
    id               uuid PRIMARY KEY,
    tenant           text             NOT NULL,
    dataset_id       uuid             NOT NULL REFERENCES dataset (id),
    number           integer          NOT NULL,
    digest           text             NOT NULL,
    decisions_digest text             NOT NULL,
    recipe           text             NOT NULL,
    parameters       text             NOT NULL,
    document_ids     text             NOT NULL,
    upload_ids       text             NOT NULL,
    test_share       double precision NOT NULL,
    test_seed        bigint           NOT NULL,
    train_rows       integer          NOT NULL,
    test_rows        integer          NOT NULL,
    dropped_rows     integer          NOT NULL,
    changed_rows     integer          NOT NULL,
    reasons          text             NOT NULL,
    state            text             NOT NULL,
    version          bigint           NOT NULL,
    created_by       text             NOT NULL,
    created_at       timestamptz      NOT NULL,
    UNIQUE (dataset_id, number)
);
CREATE INDEX dataset_version_tenant ON dataset_version (tenant, dataset_id, id DESC);

-- Where a row stands: the text itself is in the version's artifact.
CREATE TABLE row_location (
    tenant     text    NOT NULL,
    row_id     text    NOT NULL,
    version_id uuid    NOT NULL REFERENCES dataset_version (id) ON DELETE CASCADE,
    split      text    NOT NULL,
    position   integer NOT NULL
);
CREATE INDEX row_location_row ON row_location (tenant, row_id);
CREATE INDEX row_location_version ON row_location (version_id);
