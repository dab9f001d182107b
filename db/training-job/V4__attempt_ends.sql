-- How an attempt ended, what it began from and what it left.
alter table attempt add column state text
    check (state in ('RUNNING', 'COMPLETED', 'FAILED', 'LOST', 'RELEASED', 'CANCELLED', 'UNKNOWN'));
alter table attempt add column ended_at timestamptz;
alter table attempt add column error_code text;
alter table attempt add column error_cause text;
alter table attempt add column began_from_step integer;
alter table attempt add column began_from_digest text;
alter table attempt add column checkpoint_step integer;
alter table attempt add column checkpoint_digest text;
update attempt set
    state = case when job.attempt = number and job.state in ('RUNNING', 'COMPLETED') then job.state else 'UNKNOWN' end,
    ended_at = case when job.attempt = number and job.state = 'COMPLETED' then job.finished_at end
from training_job job where job.id = job_id;
alter table attempt alter column state set not null;
