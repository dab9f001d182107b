-- What a job was computed in, as JSON: threads, libtorch, processor, precision; null where its worker did not tell.
alter table training_job add column environment text;
