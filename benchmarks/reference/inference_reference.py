"""Reference figures of transformers in fp32, against which the engine is tested.

usage: inference_reference.py HF_FOLDER OUTPUT.json [--windows N]

Writes, for the model in HF_FOLDER (float32, eager attention):
  prompts: token ids, the ten likeliest next tokens with their logits, and every 37th logit of the last position
  greedy:  64 greedy tokens after each prompt (end tokens are not a stop here)
  windows: N windows of up to 1,024 tokens and the mean negative log-likelihood of every token after the first in its window
"""

import argparse
import json
import pathlib
import random

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PROMPTS = [
    "The capital of France is",
    "<|im_start|>user\nWhich laws of motion did Newton state?<|im_end|>\n<|im_start|>assistant\n",
    "def fibonacci(n):\n    ",
    "Once upon a time, in a small village by the sea, there lived",
    "Return policy: items may be returned within 30 days.\nQuestion: How long may I wait?\nAnswer:",
    "2, 4, 8, 16,",
]
STRIDE = 37


def random_prompts(vocabulary):
    generator = torch.Generator().manual_seed(5)
    return [torch.randint(0, vocabulary, (size,), generator=generator).tolist() for size in (1, 3, 7, 16, 33, 60)]


def prompt_ids(folder, vocabulary):
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except (OSError, ValueError, KeyError):
        return random_prompts(vocabulary)
    return [tokenizer(prompt, add_special_tokens=False)["input_ids"] for prompt in PROMPTS]


def prompt_figures(model, ids):
    logits = model(torch.tensor([ids])).logits[0, -1]
    values, tokens = logits.topk(10)
    output = model.generate(
        torch.tensor([ids]), max_new_tokens=64, min_new_tokens=64, do_sample=False, eos_token_id=None, pad_token_id=0
    )
    return {
        "ids": ids,
        "top": tokens.tolist(),
        "topLogits": [round(v, 6) for v in values.tolist()],
        "everyNth": [round(v, 6) for v in logits[::STRIDE].tolist()],
        "greedy": output[0, len(ids):].tolist(),
    }


def window_ids(folder, vocabulary, windows, length):
    """The licence of this project, its paragraphs in other orders each time; random tokens for a model without a tokenizer."""
    shuffle = random.Random(11)
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder)
    except (OSError, ValueError, KeyError):
        return [[shuffle.randrange(vocabulary) for _ in range(length)] for _ in range(windows)]
    paragraphs = (pathlib.Path(__file__).parents[2] / "LICENSE").read_text().split("\n\n")
    ids = []
    while len(ids) < windows * length:
        ids += tokenizer("\n\n".join(paragraphs), add_special_tokens=False)["input_ids"]
        shuffle.shuffle(paragraphs)
    return [ids[i * length : (i + 1) * length] for i in range(windows)]


def window_figures(model, windows):
    total, count = 0.0, 0
    for window in windows:
        ids = torch.tensor(window)
        logits = model(ids[None]).logits[0, :-1].double()
        total += torch.nn.functional.cross_entropy(logits, ids[1:], reduction="sum").item()
        count += len(window) - 1
    return {"ids": windows, "meanNegativeLogLikelihood": total / count, "scored": count}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("output")
    parser.add_argument("--windows", type=int, default=10)
    arguments = parser.parse_args()
    model = AutoModelForCausalLM.from_pretrained(arguments.folder, dtype=torch.float32, attn_implementation="eager").eval()
    model.generation_config.eos_token_id = None
    vocabulary = model.config.vocab_size
    length = min(1024, model.config.max_position_embeddings)
    with torch.no_grad():
        figures = {
            "stride": STRIDE,
            "prompts": [prompt_figures(model, ids) for ids in prompt_ids(arguments.folder, vocabulary)],
            "windows": window_figures(model, window_ids(arguments.folder, vocabulary, arguments.windows, length)),
        }
    with open(arguments.output, "w") as file:
        json.dump(figures, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
