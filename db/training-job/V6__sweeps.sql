create table sweep (
    id            uuid primary key,
    tenant        text        not null,
    version       bigint      not null,
    training      text        not null,
    search        text        not null,
    early_stop    text        not null,
    requested_by  text        not null,
    state         text        not null check (state in ('RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED')),
    gates_passed  integer     not null,
    winner_job_id uuid,
    error_code    text,
    error_cause   text,
    created_at    timestamptz not null,
    finished_at   timestamptz
);
create index sweep_list on sweep (tenant, id desc);
create index sweep_running on sweep (id) where state = 'RUNNING';

-- loss and loss_step are those by which a trial was compared last.
create table sweep_trial (
    sweep_id    uuid    not null references sweep,
    number      integer not null,
    tenant      text    not null,
    job_id      uuid    not null unique references training_job,
    choice      text    not null,
    loss        double precision,
    loss_step   integer,
    verdict     text check (verdict in ('WINNER', 'STOPPED', 'OUTDONE')),
    error_code  text,
    error_cause text,
    primary key (sweep_id, number)
);

-- The sweep that a job is a trial of.
alter table training_job add column sweep_id uuid;
create index training_job_sweep on training_job (sweep_id) where sweep_id is not null;
