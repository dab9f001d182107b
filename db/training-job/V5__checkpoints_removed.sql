-- Whether an ended job's checkpoints have left the artifact store, but for the last one of a failed job.
alter table training_job add column checkpoints_removed boolean not null default false;
create index training_job_checkpoints on training_job (id)
    where state in ('COMPLETED', 'FAILED', 'CANCELLED') and not checkpoints_removed;
