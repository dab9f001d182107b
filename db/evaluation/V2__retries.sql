ALTER TABLE evaluation
    ADD COLUMN fruitless integer NOT NULL DEFAULT 0,
    ADD COLUMN failures integer NOT NULL DEFAULT 0;
