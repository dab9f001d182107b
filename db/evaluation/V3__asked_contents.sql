-- Digests of the suites' contents that an evaluation asks, as JSON; null before it asked for the first time.
ALTER TABLE evaluation ADD COLUMN suite_digests text;
-- Items that no model of the base's context could be asked; they count as wrong.
ALTER TABLE answer ADD COLUMN too_long boolean NOT NULL DEFAULT false;
