alter table training_job add column attempts_spent integer not null default 0;
update training_job set attempts_spent = attempt where state in ('QUEUED', 'RUNNING');
