#!/usr/bin/env bash
# Fetches llama.cpp's published tokenizer fixtures (vocabularies as GGUF, texts and ids), which its Python package's sources hold,
# for LlamaCppVocabularyTest. They are looked for in PADDOCK_LLAMA_CPP_VOCABULARIES, or in the folder that this script fills.
set -euo pipefail
version=0.3.36
here=$(cd "$(dirname "$0")/../.." && pwd)
folder=${1:-${PADDOCK_HOME:-$here/.paddock}/reference/llama.cpp}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 -m pip download -q --no-deps --no-binary llama-cpp-python --dest "$scratch" "llama-cpp-python==$version"
mkdir -p "$folder"
for name in llama-spm llama-bpe gpt-2 starcoder; do
  tar -xzf "$scratch"/llama_cpp_python-*.tar.gz -C "$folder" --strip-components=4 --wildcards "*/vendor/llama.cpp/models/ggml-vocab-$name.gguf*"
done
ls "$folder"
