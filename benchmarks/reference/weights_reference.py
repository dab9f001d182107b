"""Expected figures for reading weights: dequantized blocks, rotary scaling, a safetensors file, a SentencePiece vocabulary.

    python weights_reference.py OUT_FOLDER

Needs `gguf`, `transformers`, `torch`, `safetensors`, `sentencepiece`. Writes
blocks.json (hexadecimal blocks and their fp32 numbers), rope.json, reference.safetensors and sentencepiece.json.gz.
"""

import base64
import gzip
import io
import json
import pathlib
import sys

import gguf
import numpy as np
import sentencepiece
import torch
from gguf.quants import dequantize
from safetensors.torch import save_file
from transformers import LlamaConfig
from transformers.modeling_rope_utils import ROPE_INIT_FUNCTIONS

from tokenizer_reference import strings

TYPES = ["F16", "BF16", "Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0", "Q4_K", "Q6_K"]


def blocks(folder):
    chance = np.random.default_rng(7)
    rows = []
    for name in TYPES:
        kind = gguf.GGMLQuantizationType[name]
        size, width = gguf.GGML_QUANT_SIZES[kind]
        data = chance.integers(0, 256, (max(3, 64 // size), width), dtype=np.uint8)
        if name == "F16":
            data = chance.normal(0, 3, 64).astype(np.float16).view(np.uint8)
        elif name == "BF16":
            data = (chance.normal(0, 3, 64).astype(np.float32).view(np.uint32) >> 16).astype(np.uint16).view(np.uint8)
        else:
            half = lambda: np.frombuffer(np.float16(chance.normal(0, 0.1)).tobytes(), np.uint8)
            for block in data:
                if name == "Q6_K":
                    block[208:210] = half()
                else:
                    block[0:2] = half()
                    if name in ("Q4_1", "Q5_1", "Q4_K"):
                        block[2:4] = half()
        numbers = dequantize(data, kind).astype(np.float32).reshape(-1)
        rows.append({"type": name, "bytes": base64.b64encode(data.tobytes()).decode(),
                     "numbers": base64.b64encode(numbers.astype("<f4").tobytes()).decode()})
    (folder / "blocks.json").write_text(json.dumps(rows, indent=0))


def rope(folder):
    chance = np.random.default_rng(8)
    factors = lambda: [round(float(x), 4) for x in chance.uniform(1, 8, 32)]
    scalings = [
        ({"rope_type": "linear", "factor": 4.0}, 2048, None),
        ({"rope_type": "dynamic", "factor": 2.0}, 2048, None), ({"rope_type": "dynamic", "factor": 2.0}, 2048, 6000),
        ({"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048}, 8192, None),
        ({"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 4096, "beta_fast": 16.0, "beta_slow": 2.0,
          "mscale": 0.707, "mscale_all_dim": 1.0, "truncate": False}, 32768, None),
        ({"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 2048, "attention_factor": 1.25}, 8192, None),
        ({"rope_type": "longrope", "short_factor": factors(), "long_factor": factors(), "original_max_position_embeddings": 4096}, 131072, 100),
        ({"rope_type": "longrope", "short_factor": factors(), "long_factor": factors(), "factor": 16.0, "original_max_position_embeddings": 4096}, 65536, 5000),
        ({"rope_type": "llama3", "factor": 8.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}, 131072, None),
        ({"rope_type": "llama3", "factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}, 131072, None),
        ({"rope_type": "proportional", "factor": 2.0, "partial_rotary_factor": 0.5}, 2048, None),
    ]
    rows = []
    for base in (10000.0, 500000.0):
        for scaling, length, used in scalings:
            plain = {"model_type": "llama", "architectures": ["LlamaForCausalLM"], "hidden_act": "silu", "vocab_size": 64, "hidden_size": 256,
                     "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 64,
                     "max_position_embeddings": length}
            config = LlamaConfig(**plain, rope_parameters={**scaling, "rope_theta": base})
            inverse, attention = ROPE_INIT_FUNCTIONS[scaling["rope_type"]](config, "cpu", seq_len=used)
            rows.append({"old": {**plain, "rope_theta": base, "rope_scaling": scaling},
                         "new": {**plain, "rope_parameters": {**scaling, "rope_theta": base}},
                         "sequence": used or 0, "inverse": [float(x) for x in inverse], "attention": float(attention)})
    (folder / "rope.json").write_text(json.dumps(rows))


def tensors(folder):
    generator = torch.Generator().manual_seed(9)
    numbers = torch.randn(6, 5, generator=generator) * torch.tensor([1e-8, 1e-5, 1.0, 1e3, 1e6])
    save_file({"b.weight": numbers, "a.weight": numbers.to(torch.bfloat16), "c.weight": numbers.to(torch.float16),
               "ids": torch.arange(4), "mask": torch.tensor([1, 0, 255], dtype=torch.uint8), "ä\"quoted": torch.zeros(2, 0)},
              folder / "reference.safetensors", {"format": "pt"})


def pieces(folder):
    corpus = "\n".join(text.replace("\n", " ") for text in strings(700) if text.isprintable() and max(map(ord, text), default=0) < 0x500) + ("\nthe routing of tickets and invoices" * 50)
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(corpus.split("\n")), model_writer=model, vocab_size=600, model_type="bpe", byte_fallback=True, split_digits=True,
        normalization_rule_name="identity", add_dummy_prefix=True, remove_extra_whitespaces=False, character_coverage=0.98, num_threads=1,
        minloglevel=2)
    made = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    ids = range(made.get_piece_size())
    kind = lambda i: 2 if made.is_unknown(i) else 3 if made.is_control(i) else 6 if made.is_byte(i) else 1
    cases = [{"text": text, "ids": made.encode(text), "decoded": made.decode(made.encode(text))}
             for text in strings(700) if text and "\u2581" not in text and "\u0000" not in text]
    data = {"tokens": [made.id_to_piece(i) for i in ids], "scores": [made.get_score(i) for i in ids], "types": [kind(i) for i in ids], "cases": cases}
    with open(folder / "sentencepiece.json.gz", "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(json.dumps(data, separators=(",", ":")).encode())


if __name__ == "__main__":
    out = pathlib.Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    for write in (blocks, rope, tensors, pieces):
        write(out)
