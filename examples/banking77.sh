#!/usr/bin/env bash
# Takes BANKING77's train.csv (columns text, category) the whole road by REST only: dataset, training, evaluation, approval, deployment, one answer.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'USAGE'
Usage: examples/banking77.sh FILE

FILE is BANKING77's train.csv with the columns text and category. The suite must be running ('./paddock start') and have
a base model ('./paddock model pull'). A tenth of the file is held out for the evaluation. Cut short and started again
with the same file and settings it goes on where it was.

Environment:
  BASE_URL         gateway                   (default http://127.0.0.1:$PADDOCK_PORT, port 8080)
  PADDOCK          the paddock command       (default: the one of this checkout)
  BASE             name of the base model    (default SmolLM2-135M-Instruct)
  BASE_VERSION_ID  the base's version id     (default: looked up by BASE)
  EPOCHS, BATCH_SIZE, LEARNING_RATE          (default 2, 2, 0.001)
  SPLIT_SEED       seed of the held-out split (default 77)
  RUN              any word; another word begins a new run
  QUESTION         what is asked at the end
USAGE
}

die() {
  printf 'banking77: %s\n' "$*" >&2
  exit 1
}

case "${1:-}" in
  -h | --help) usage; exit 0 ;;
  '') usage >&2; exit 2 ;;
esac
[ $# -eq 1 ] || { usage >&2; exit 2; }
file=$1
[ -r "$file" ] || die "cannot read $file"
command -v curl >/dev/null 2>&1 || die "no curl found; install curl"
header=$(head -n 1 "$file" | tr -d '\r"')
case ",$header," in
  *,text,*) ;;
  *) die "the first line of $file is '$header'; it must name the columns text and category" ;;
esac
case ",$header," in
  *,category,*) ;;
  *) die "the first line of $file is '$header'; it must name the columns text and category" ;;
esac

base_url=${BASE_URL:-http://127.0.0.1:${PADDOCK_PORT:-8080}}
base_url=${base_url%/}
paddock=${PADDOCK:-$here/../paddock}
base=${BASE:-SmolLM2-135M-Instruct}
epochs=${EPOCHS:-2}
batch_size=${BATCH_SIZE:-2}
learning_rate=${LEARNING_RATE:-0.001}
split_seed=${SPLIT_SEED:-77}
question=${QUESTION:-My card still has not come in the post, how much longer will it take?}
system='Name the intent of the question to the bank.'
model=banking77
poll_seconds=2
token_seconds=120
export PADDOCK_SKIP_BUILD=${PADDOCK_SKIP_BUILD:-1}

scratch=$(mktemp -d)
chmod 700 "$scratch"
trap 'rm -rf "$scratch"' EXIT

sha256() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c 1-64
}

# field JSON PATH: the value at a path such as items.0.id, empty if there is none.
field() {
  if command -v python3 >/dev/null 2>&1; then
    printf '%s' "$1" | python3 -c '
import json, sys
value = json.load(sys.stdin)
for part in sys.argv[1].split("."):
    if isinstance(value, list):
        value = value[int(part)] if int(part) < len(value) else None
    else:
        value = value.get(part) if isinstance(value, dict) else None
print("" if value is None else str(value).lower() if isinstance(value, bool) else value)' "$2"
  elif command -v jq >/dev/null 2>&1; then
    printf '%s' "$1" | jq -r --arg path "$2" 'getpath($path | split(".") | map(tonumber? // .)) // empty'
  else
    printf '%s' "$1" | tr '{},' '\n\n\n' | sed -n 's/^ *"'"${2##*.}"'" *: *"\{0,1\}\([^"]*\)"\{0,1\} *$/\1/p' | sed -n 1p
  fi
}

# object JSON PATTERN…: the first innermost object whose text has every pattern, in braces.
object() {
  local text pattern
  text=$(printf '%s' "$1" | tr '{}' '\n\n')
  shift
  for pattern in "$@"; do
    text=$(printf '%s\n' "$text" | grep -F -- "$pattern" || true)
  done
  text=$(printf '%s\n' "$text" | sed -n 1p)
  text=${text%,}
  [ -z "$text" ] || printf '{%s}' "$text" | sed 's/,"[A-Za-z]*":}$/}/'
}

# text STRING: as a JSON string.
text() {
  printf '"%s"' "$(printf '%s' "$1" | sed 's/\\/\\\\/g; s/"/\\"/g' | tr '\n\t' '  ')"
}

# authorize USER: writes that user's header to a file that curl reads, so that no token shows in a process list.
authorize() {
  local header_file=$scratch/$1 now value
  now=$(date +%s)
  if [ ! -s "$header_file" ] || [ $((now - $(cat "$header_file.at"))) -ge "$token_seconds" ]; then
    value=$("$paddock" token "$1") || die "'$paddock token $1' gave no token; is the suite running?"
    printf 'Authorization: Bearer %s\n' "$value" >"$header_file"
    printf '%s' "$now" >"$header_file.at"
  fi
}

# call USER PATH [CURL OPTIONS…]: the answer's body; anything but 2xx ends the script with what the problem says.
call() {
  local user=$1 path=$2 answer status detail
  shift 2
  authorize "$user"
  answer=$(curl -sS --max-time 600 -w '\n%{http_code}' -H "@$scratch/$user" -H 'Accept: application/json' "$@" "$base_url$path") ||
    die "$base_url does not answer; start the suite with './paddock start'"
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  case "$status" in
    2??) printf '%s' "$answer" ;;
    *)
      detail=$(field "$answer" detail 2>/dev/null || true)
      die "$path answered $status: ${detail:-$answer}"
      ;;
  esac
}

# create USER PATH STEP JSON: a POST that is done once in this run, however often it is sent.
create() {
  call "$1" "$2" -X POST -H 'Content-Type: application/json' -H "Idempotency-Key: banking77-$run-$3" --data-binary "$4"
}

bar() {
  local done=${1:-0} total=${2:-0} filled=0 line
  case "$done$total" in *[!0-9]*) done=0 total=0 ;; esac
  [ "${total:-0}" -gt 0 ] && filled=$((30 * done / total))
  line=$(printf '%*s' "$filled" '' | tr ' ' '#')
  if [ -t 1 ]; then
    printf '\r  [%-30s] %s/%s %s\033[K' "$line" "$done" "$total" "$3"
  elif [ "$line$total" != "${last_bar:-}" ]; then
    printf '  [%-30s] %s/%s %s\n' "$line" "$done" "$total" "$3"
  fi
  last_bar=$line$total
}

percent() {
  awk -v value="${1:-0}" 'BEGIN { printf "%.1f", 100 * value }'
}

stage() {
  printf '%s\n' "$1"
  stage_began=$SECONDS
}

run=$(printf '%s' "$(sha256 <"$file") $base_url $base ${BASE_VERSION_ID:-} $epochs $batch_size $learning_rate $split_seed ${RUN:-}" | sha256 | cut -c 1-16)

stage "base"
base_id=${BASE_VERSION_ID:-}
if [ -z "$base_id" ]; then
  bases=$(call engineer '/api/v1/bases?limit=200')
  base_id=$(field "$(object "$bases" '"id":' "\"name\":\"$base")" id)
  [ -n "$base_id" ] || die "no base named $base; './paddock model pull $base' registers it, or set BASE or BASE_VERSION_ID"
fi
printf '  version %s\n' "$base_id"

stage "dataset"
dataset=$(create steward /api/v1/datasets dataset "{\"name\":\"banking77-$run\",\"description\":\"BANKING77 intents\"}")
dataset_id=$(field "$dataset" id)
upload=$(call steward "/api/v1/datasets/$dataset_id/uploads?format=csv&promptColumn=text&completionColumn=category&system=${system// /%20}" \
  -X POST -H 'Content-Type: text/csv' -H "Idempotency-Key: banking77-$run-upload" --data-binary "@$file")
upload_id=$(field "$upload" id)
version=$(create steward "/api/v1/datasets/$dataset_id/versions" dataset-version \
  "{\"recipe\":\"enterprise-docs\",\"params\":{},\"documents\":[],\"uploads\":[\"$upload_id\"],\"test\":{\"share\":0.1,\"seed\":$split_seed}}")
dataset_version_id=$(field "$version" id)
printf '  %s rows: %s to train on, %s held out, %s dropped; %s\n' "$(field "$upload" rows)" "$(field "$version" counts.train)" \
  "$(field "$version" counts.test)" "$(field "$version" counts.dropped)" "$(field "$version" digest)"

stage "training"
params="{\"r\":8,\"alpha\":16,\"learningRate\":$learning_rate,\"epochs\":$epochs,\"batchSize\":$batch_size,\"sequenceLength\":512}"
job=$(create engineer /api/v1/training-jobs training-job "{\"name\":\"$model\",\"method\":\"lora\",\"params\":$params,\"baseVersionId\":\"$base_id\",\"datasetVersionId\":\"$dataset_version_id\",\"seed\":42}")
job_id=$(field "$job" id)
while :; do
  job=$(call engineer "/api/v1/training-jobs/$job_id")
  state=$(field "$job" state)
  tokens_per_second=$(field "$job" progress.tokensPerSecond)
  bar "$(field "$job" progress.step)" "$(field "$job" progress.steps)" \
    "loss $(field "$job" progress.loss), ${tokens_per_second%.*} tokens/s, $(field "$job" progress.etaSeconds) s left"
  case "$state" in
    COMPLETED) break ;;
    FAILED | CANCELLED) printf '\n'; die "training job $job_id ended as $state: $(field "$job" error)" ;;
  esac
  sleep "$poll_seconds"
done
training_seconds=$((SECONDS - stage_began))
printf '\n'

stage "evaluation"
version_id=
while [ -z "$version_id" ]; do
  versions=$(call engineer "/api/v1/versions?jobId=$job_id")
  version_id=$(field "$versions" items.0.id)
  [ -n "$version_id" ] || sleep "$poll_seconds"
done
while :; do
  evaluations=$(call engineer "/api/v1/evaluations?versionId=$version_id")
  evaluation_id=$(field "$evaluations" items.0.id)
  if [ -n "$evaluation_id" ]; then
    evaluation=$(call engineer "/api/v1/evaluations/$evaluation_id")
    bar "$(field "$evaluation" progress.done)" "$(field "$evaluation" progress.total)" "items"
    case "$(field "$evaluation" state)" in
      COMPLETED) break ;;
      FAILED) printf '\n'; die "evaluation $evaluation_id failed: $(field "$evaluation" error)" ;;
    esac
  fi
  sleep "$poll_seconds"
done
printf '\n'
until [ "$(field "$(call engineer "/api/v1/versions/$version_id")" evaluationId)" = "$evaluation_id" ]; do
  sleep "$poll_seconds"
done
evaluation_seconds=$((SECONDS - stage_began))
before=$(object "$evaluation" '"suite":"held-out"' '"model":"base"')
after=$(object "$evaluation" '"suite":"held-out"' '"model":"candidate"')
[ -n "$before" ] && [ -n "$after" ] || die "evaluation $evaluation_id has no held-out scores of base and candidate"
accuracy="$(percent "$(field "$after" value)") % (95 % interval $(percent "$(field "$after" low)") to $(percent "$(field "$after" high)"), $(field "$after" items) rows held out)"
printf '  accuracy: base %s %%, adapted %s; verdict %s\n' "$(percent "$(field "$before" value)")" "$accuracy" "$(field "$evaluation" verdict)"

stage "approval"
approval=$(create engineer /api/v1/approvals approval "{\"versionId\":\"$version_id\",\"comment\":\"BANKING77 intents\"}")
approval_id=$(field "$approval" id)
create approver "/api/v1/approvals/$approval_id/approve" approve '{"comment":"evaluation read"}' >/dev/null
printf '  %s approved\n' "$approval_id"

stage "deployment"
create engineer /api/v1/deployments deployment "{\"model\":\"$model\",\"versionId\":\"$version_id\"}" >/dev/null
key=$("$paddock" key create "$model" --expires-in PT1H)
printf 'Authorization: Bearer %s\n' "$key" >"$scratch/application"
deadline=$((SECONDS + 120))
until curl -sS -H "@$scratch/application" "$base_url/v1/models" | grep -q "\"id\" *: *\"$model\""; do
  [ "$SECONDS" -lt "$deadline" ] || die "$model is deployed but /v1/models does not list it after two minutes"
  sleep 1
done

stage "answer"
reply=$(curl -sS --max-time 300 -w '\n%{http_code}' -H "@$scratch/application" -H 'Content-Type: application/json' "$base_url/v1/chat/completions" \
  --data-binary "{\"model\":\"$model\",\"temperature\":0,\"max_tokens\":32,\"messages\":[{\"role\":\"system\",\"content\":$(text "$system")},{\"role\":\"user\",\"content\":$(text "$question")}]}")
[ "${reply##*$'\n'}" = 200 ] || die "the question was answered with ${reply##*$'\n'}: ${reply%$'\n'*}"
reply=${reply%$'\n'*}
said=$(field "$reply" choices.0.message.content)
[ -n "$said" ] || said="(withheld) $(field "$reply" choices.0.message.refusal)"
printf '  %s\n  %s: %s\n' "$question" "$model" "$said"

printf '\naccuracy    %s\ntime        %d s (training %d s, evaluation %d s in this run)\ntokens/s    %s in training\n' \
  "$accuracy" "$SECONDS" "$training_seconds" "$evaluation_seconds" "${tokens_per_second%.*}"
