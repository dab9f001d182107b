"""Holds GGUF files that Paddock wrote against llama.cpp.

    mvn test -pl gpu-worker/llama -am -Dtest=GgufOutTest -Dpaddock.gguf.out=FOLDER -Dsurefire.failIfNoSpecifiedTests=false
    python gguf_out.py FOLDER

Needs `llama-cpp-python`. FOLDER holds a model as files of every type, an adapter by itself and merged, and ours.json with what
Paddock's executor says. llama.cpp must give the same token ids, the same greedy text from the F32 file and from the F32 file with the
adapter laid over it, and from each file a perplexity within 1 % of ours (it quantizes activations where weights are quantized).
Ends with 1 where it does not.
"""

import json
import pathlib
import sys

import numpy as np
from llama_cpp import Llama

LIMIT = 0.01
NEAR = 1e-3


def open_file(file, **more):
    return Llama(str(file), n_ctx=512, n_batch=512, logits_all=True, n_threads=2, verbose=False, **more)


def disagreement(model, answer):
    """Where greedy text leaves ours, unless two tokens were equally likely."""
    model.reset()
    model.eval(answer["ids"])
    for place, token in enumerate(answer["greedy"]):
        logits = model.scores[model.n_tokens - 1]
        if logits.max() - logits[token] > NEAR:
            return f"token {place} of {answer['text']!r}: {int(np.argmax(logits))}, ours {token}"
        model.eval([token])
    return None


def perplexity(model, sequences):
    total, count = 0.0, 0
    for ids in sequences:
        model.reset()
        model.eval(ids)
        logits = model.scores[: len(ids) - 1].astype(np.float64)
        logits -= logits.max(1, keepdims=True)
        chances = logits - np.log(np.exp(logits).sum(1, keepdims=True))
        total -= chances[np.arange(len(ids) - 1), ids[1:]].sum()
        count += len(ids) - 1
    return float(np.exp(total / count))


def main():
    folder = pathlib.Path(sys.argv[1])
    ours = json.loads((folder / "ours.json").read_text())
    wrong = []
    plain = open_file(folder / "f32.gguf")
    merged = open_file(folder / "f32.gguf", lora_path=str(folder / "adapter.gguf"))
    for answer in ours["answers"]:
        ids = plain.tokenize(answer["text"].encode(), add_bos=False, special=True)
        if ids != answer["ids"]:
            wrong.append(f"ids of {answer['text']!r}: {ids}, ours {answer['ids']}")
        models = [plain] if answer["file"] == "f32.gguf" else [merged, open_file(folder / "merged.gguf")]
        wrong += [found for model in models if (found := disagreement(model, answer))]
    print(f"{len(ours['answers'])} prompts, {len(wrong)} differences")
    for name, expected in ours["perplexity"].items():
        theirs = perplexity(open_file(folder / name), ours["sequences"])
        print(f"{name}: llama.cpp {theirs:.4f}, ours {expected:.4f}, ratio {theirs / expected:.5f}")
        if abs(theirs / expected - 1) > LIMIT:
            wrong.append(f"perplexity of {name}")
    print("\n".join(wrong) or "all agree")
    sys.exit(1 if wrong else 0)


main()
