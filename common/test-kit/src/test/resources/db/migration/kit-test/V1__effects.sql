CREATE TABLE effect (id uuid PRIMARY KEY, tenant text NOT NULL, name text NOT NULL);
CREATE TABLE single_effect (name text UNIQUE DEFERRABLE INITIALLY DEFERRED);
