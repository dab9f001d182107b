-- Whether the job waits because its lease was not renewed; then its last holder may still go on, unless another worker claims it.
alter table training_job add column lapsed boolean not null default false;
-- Number of the last renewal of the lease whose metrics and logs are stored.
alter table training_job add column last_renewal bigint not null default 0;
