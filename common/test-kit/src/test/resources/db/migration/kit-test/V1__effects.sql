CREATE TABLE effect (id uuid PRIMARY KEY, tenant text NOT NULL, name text NOT NULL);
