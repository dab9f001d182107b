#!/bin/sh
# Run once by the postgres image: a role with a password of its own and a schema for each service; no role can read another's schema.
set -eu
for service in dataset training_job model_registry safety_guard evaluation gateway; do
  password=$(printenv "PADDOCK_DATABASE_PASSWORD_$(echo "$service" | tr '[:lower:]' '[:upper:]')")
  psql -v ON_ERROR_STOP=1 -v role="$service" -v password="$password" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
CREATE ROLE :"role" LOGIN PASSWORD :'password';
CREATE SCHEMA :"role" AUTHORIZATION :"role";
ALTER ROLE :"role" SET search_path = :"role";
SQL
done
psql -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c 'REVOKE ALL ON SCHEMA public FROM PUBLIC'
