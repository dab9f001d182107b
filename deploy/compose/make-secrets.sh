#!/usr/bin/env bash
# Writes .env with fresh secrets for docker-compose.yml, readable by its owner only; an existing .env is left alone.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ ! -e .env ] || { echo ".env is there already; nothing changed" >&2; exit 1; }
umask 077
{
  for name in DATABASE_PASSWORD_SUPERUSER DATABASE_PASSWORD_DATASET DATABASE_PASSWORD_TRAINING_JOB DATABASE_PASSWORD_MODEL_REGISTRY DATABASE_PASSWORD_SAFETY_GUARD DATABASE_PASSWORD_EVALUATION DATABASE_PASSWORD_GATEWAY \
    SECRET_STEWARD SECRET_ENGINEER SECRET_APPROVER SECRET_SAFETY SECRET_PLATFORM SECRET_AUDITOR SECRET_GATEWAY SECRET_DATASET SECRET_TRAINING_JOB SECRET_MODEL_REGISTRY SECRET_SAFETY_GUARD SECRET_EVALUATION SECRET_WORKER; do
    printf 'PADDOCK_%s=%s\n' "$name" "$(head -c 24 /dev/urandom | base64 | tr '+/' '-_')"
  done
} > .env.new
mv .env.new .env
echo "wrote .env"
