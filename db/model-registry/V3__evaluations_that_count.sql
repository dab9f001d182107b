-- Whether every suite of the catalogue was asked and answered; an evaluation without all of them takes no gate's place unless it failed.
ALTER TABLE evaluation ADD COLUMN all_suites boolean NOT NULL DEFAULT true;
