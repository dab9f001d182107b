-- Which of its losses a trial was compared by last; those compared before had the training loss alone.
alter table sweep_trial add column loss_metric text check (loss_metric in ('LOSS', 'VALIDATION_LOSS'));
update sweep_trial set loss_metric = 'LOSS' where loss_step is not null;
