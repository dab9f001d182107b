-- A deleted document or dataset keeps its row, so that what was made of it can still name it; its name and bytes are free again.
ALTER TABLE document
    ADD COLUMN version    bigint NOT NULL DEFAULT 0,
    ADD COLUMN deleted_by text,
    ADD COLUMN deleted_at timestamptz;
ALTER TABLE document DROP CONSTRAINT document_tenant_digest_key;
CREATE UNIQUE INDEX document_digest ON document (tenant, digest) WHERE deleted_at IS NULL;

ALTER TABLE dataset
    ADD COLUMN deleted_by text,
    ADD COLUMN deleted_at timestamptz;
ALTER TABLE dataset DROP CONSTRAINT dataset_tenant_name_key;
CREATE UNIQUE INDEX dataset_name ON dataset (tenant, name) WHERE deleted_at IS NULL;

-- Blobs of the tenant's sources that leave the store unless something else still refers to them.
CREATE TABLE discarded_blob (
    tenant text NOT NULL,
    digest text NOT NULL,
    PRIMARY KEY (tenant, digest)
);
CREATE INDEX document_text ON document (tenant, text_digest);
CREATE INDEX upload_digest ON upload (tenant, digest);
CREATE INDEX upload_rows ON upload (tenant, rows_digest);
