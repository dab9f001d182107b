-- Workers serve every tenant, so a method belongs to the installation; tenant is that of the worker that announced it.
create table method (
    id           text primary key,
    tenant       text        not null,
    family       text        not null,
    summary      text        not null,
    paper        text        not null,
    adapter      text,
    objective    text,
    parameters   text        not null,
    worker_id    text        not null,
    announced_at timestamptz not null
);

create table base_version (
    id     uuid primary key,
    tenant text not null,
    name   text not null,
    digest text not null
);

create table dataset_version (
    id           uuid primary key,
    tenant       text    not null,
    dataset_id   uuid    not null,
    dataset_name text    not null,
    number       integer not null,
    digest       text    not null,
    train_rows   integer not null,
    deleted      boolean not null
);

create sequence fencing_token;

create table training_job (
    id                    uuid primary key,
    tenant                text        not null,
    version               bigint      not null,
    name                  text        not null,
    method                text        not null,
    adapter               text        not null,
    objective             text        not null,
    parameters            text        not null,
    seed                  bigint      not null,
    base_version_id       uuid        not null,
    base_digest           text        not null,
    dataset_version_id    uuid        not null,
    dataset_digest        text        not null,
    requested_by          text        not null,
    trigger_id            uuid,
    state                 text        not null check (state in ('QUEUED', 'RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    attempt               integer     not null,
    max_attempts          integer     not null,
    created_at            timestamptz not null,
    finished_at           timestamptz,
    claimable_from        timestamptz not null,
    announced             boolean     not null,
    worker_id             text,
    fencing_token         bigint,
    lease_expires_at      timestamptz,
    checkpoint_step       integer,
    checkpoint_digest     text,
    progress              text,
    progress_told_at      timestamptz,
    artifact_digest       text,
    code_version          text,
    measurements          text,
    error_code            text,
    error_cause           text
);
create index training_job_list on training_job (tenant, id desc);
create index training_job_queue on training_job (id) where state in ('QUEUED', 'RUNNING');
create index training_job_dataset_version on training_job (dataset_version_id) where state in ('QUEUED', 'RUNNING');

create table attempt (
    job_id        uuid        not null references training_job,
    number        integer     not null,
    tenant        text        not null,
    worker_id     text        not null,
    fencing_token bigint      not null unique,
    started_at    timestamptz not null,
    primary key (job_id, number)
);

create table metric_point (
    id      bigint generated always as identity primary key,
    tenant  text             not null,
    job_id  uuid             not null references training_job,
    attempt integer          not null,
    step    integer          not null,
    name    text             not null,
    value   double precision not null
);
create index metric_point_list on metric_point (job_id, id);

create table log_line (
    id      bigint generated always as identity primary key,
    tenant  text        not null,
    job_id  uuid        not null references training_job,
    attempt integer     not null,
    at      timestamptz not null,
    line    text        not null
);
create index log_line_list on log_line (job_id, id);

create table retraining_trigger (
    id            uuid primary key,
    tenant        text        not null,
    version       bigint      not null,
    name          text        not null,
    dataset_id    uuid        not null,
    training      text        not null,
    cool_down     text        not null,
    enabled       boolean     not null,
    created_by    text        not null,
    created_at    timestamptz not null,
    last_fired_at timestamptz
);
create index retraining_trigger_list on retraining_trigger (tenant, id desc);
create index retraining_trigger_dataset on retraining_trigger (dataset_id);

create table firing (
    id                 uuid primary key,
    tenant             text        not null,
    trigger_id         uuid        not null references retraining_trigger on delete cascade,
    dataset_version_id uuid        not null,
    outcome            text        not null check (outcome in ('FIRED', 'COOLING_DOWN', 'REFUSED')),
    job_id             uuid,
    detail             text,
    at                 timestamptz not null,
    unique (trigger_id, dataset_version_id)
);
