-- A trained model may be the base of a job as an import may; what it was made from tells which versions go together.
alter table base_version add column parent_id uuid;

-- Adapters, which merging methods read with their bases.
create table adapter_version (
    id          uuid primary key,
    tenant      text not null,
    name        text not null,
    digest      text not null,
    base_id     uuid not null,
    base_digest text not null
);

-- What orders of a method name, as JSON; null for rows alone.
alter table method add column inputs text;

-- Versions that a job reads beside its base, as JSON; such a job may do without rows.
alter table training_job add column sources text;
alter table training_job alter column dataset_version_id drop not null;
alter table training_job alter column dataset_digest drop not null;

-- adapter or model; null for an adapter.
alter table training_job add column artifact_kind text;
