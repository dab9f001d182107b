-- Whether the candidate is a whole model, which is asked by itself and not as an adapter of its base.
ALTER TABLE evaluation ADD COLUMN whole_model boolean NOT NULL DEFAULT false;
