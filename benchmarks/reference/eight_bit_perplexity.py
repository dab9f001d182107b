#!/usr/bin/env python3
"""What 8-bit weights and 8-bit rows cost in perplexity, in transformers' fp32: eight_bit_perplexity.py FOLDER FILE.gguf TEXT

Weights are rounded with one scale for each output; rows with one scale each ("row", "asymmetric"), or one for 32 numbers ("blocks of 32", as llama.cpp does).
"""

import math
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

TOKENS, WINDOW = 4096, 512


def rounded(x, by):
    step = x.abs().amax(by, keepdim=True).clamp_min(1e-30) / 127
    return (x / step).round() * step


def asymmetric(x):
    low = x.amin(-1, keepdim=True).clamp(max=0)
    step = (x.amax(-1, keepdim=True).clamp(min=0) - low).clamp_min(1e-30) / 255
    zero = (-low / step).round()
    return (((x / step).round() + zero).clamp(0, 255) - zero) * step


ROWS = {
    "exact": lambda x: x,
    "row": lambda x: rounded(x, -1),
    "asymmetric": asymmetric,
    "blocks of 32": lambda x: rounded(x.unflatten(-1, (-1, 32)), -1).flatten(-2),
}


def perplexity(model, ids):
    loss = 0.0
    windows = range(0, len(ids) - WINDOW + 1, WINDOW)
    for begin in windows:
        window = ids[begin : begin + WINDOW]
        logits = model(window[None]).logits[0].log_softmax(-1)
        loss -= logits[:-1].gather(1, window[1:, None]).sum().item()
    return math.exp(loss / (len(windows) * (WINDOW - 1)))


def main():
    folder, name, text = sys.argv[1:]
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=name)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=torch.float32)
    ids = tokenizer(open(text).read(), return_tensors="pt").input_ids[0][:TOKENS]
    layers = [module for module in model.modules() if isinstance(module, torch.nn.Linear)]
    exact = [layer.weight.data.clone() for layer in layers]
    chosen = ["exact"]
    for layer in layers:
        layer.register_forward_pre_hook(lambda module, inputs: (ROWS[chosen[0]](inputs[0]),))
    with torch.no_grad():
        base = None
        for weights, rows in [(False, "exact"), (True, "exact")] + [(False, rows) for rows in list(ROWS)[1:]]:
            for layer, values in zip(layers, exact):
                layer.weight.data = rounded(values, 1) if weights else values
            chosen[0] = rows
            value = perplexity(model, ids)
            base = base or value
            print(f"weights {'8 bits' if weights else 'as they are'}, rows {rows}: {value:.3f} ({100 * (value / base - 1):+.2f} %)", flush=True)


if __name__ == "__main__":
    main()
