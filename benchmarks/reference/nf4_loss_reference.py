#!/usr/bin/env python3
"""What bitsandbytes' NF4 alone takes from a base: mean loss on the first 8 x 512 tokens of a text, before and after.

    python nf4_loss_reference.py FOLDER FILE.gguf TEXT     # bitsandbytes, transformers, gguf, torch

Every projection of the blocks is quantized (blocks of 64, double quantization) and dequantized again; nothing is trained.
"""

import sys
from pathlib import Path

import bitsandbytes.functional as quantization
import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

ROWS, LENGTH = 8, 512


def main():
    folder, file, text = sys.argv[1:]
    tokenizer = AutoTokenizer.from_pretrained(folder, gguf_file=file)
    model = AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=torch.float32).eval()
    ids = tokenizer(Path(text).read_text()[:60_000], return_tensors="pt").input_ids[0]
    rows = ids[: ROWS * LENGTH].view(ROWS, LENGTH)
    before = loss(model, rows)
    for name, layer in model.named_modules():
        if isinstance(layer, torch.nn.Linear) and "lm_head" not in name:
            packed, state = quantization.quantize_4bit(layer.weight.data, quant_type="nf4", compress_statistics=True, blocksize=64)
            layer.weight.data = quantization.dequantize_4bit(packed, state).float()
    after = loss(model, rows)
    print(f"{before:.4f} {after:.4f} {after / before - 1:+.2%}")


@torch.no_grad()
def loss(model, rows):
    return sum(model(row[None], labels=row[None]).loss.item() for row in rows) / len(rows)


if __name__ == "__main__":
    main()
