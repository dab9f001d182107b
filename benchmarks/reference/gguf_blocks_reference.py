"""Expected bytes of numbers rounded to GGUF's blocks, by llama.cpp's own ggml_quantize_chunk.

    python gguf_blocks_reference.py OUT_FILE

Needs `llama-cpp-python`, whose library it calls, and `numpy`. (`gguf`'s numpy functions round Q4_0 as a fused multiply-add would,
which compilers need not use: a number in some thousands differs.) Writes rounded.json: fp32 numbers and, by type, their bytes, all in
base64.
"""

import base64
import ctypes
import json
import pathlib
import sys

import llama_cpp
import numpy as np

TYPES = {"F32": (0, 1, 4), "F16": (1, 1, 2), "BF16": (30, 1, 2), "Q4_0": (2, 32, 18), "Q4_1": (3, 32, 20), "Q8_0": (8, 32, 34)}
LIBRARY = ctypes.CDLL(str(next(pathlib.Path(llama_cpp.__file__).parent.glob("lib/libggml-base.*"))))
LIBRARY.ggml_quantize_chunk.restype = ctypes.c_size_t
LIBRARY.ggml_quantize_chunk.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p] + [ctypes.c_int64] * 3 + [ctypes.c_void_p]


def numbers():
    chance = np.random.default_rng(11)
    blocks = [chance.normal(0, scale, 32) for scale in (0.02, 1, 300, 1e-6) for _ in range(6)]
    blocks += [bfloat16(chance.normal(0, 0.05, 32)) for _ in range(64)]
    blocks.append(np.zeros(32))
    blocks.append(np.full(32, 0.25))
    blocks.append(np.linspace(-1, 1, 32))
    blocks.append(np.where(np.arange(32) % 2, 1.5, -1.5))
    blocks.append(np.arange(32) * 0.5 - 8)
    blocks.append(np.abs(chance.normal(0, 1, 32)) + 3)
    return np.concatenate(blocks).astype(np.float32)


def bfloat16(values):
    return (values.astype(np.float32).view(np.uint32) & 0xFFFF0000).view(np.float32)


def rounded(values, number, elements, size):
    target = np.zeros(len(values) // elements * size, np.uint8)
    LIBRARY.ggml_quantize_chunk(number, values.ctypes.data, target.ctypes.data, 0, 1, len(values), None)
    return target


def text(array):
    return base64.b64encode(np.ascontiguousarray(array).tobytes()).decode()


values = numbers()
figures = {"numbers": text(values), "bytes": {name: text(rounded(values, *type)) for name, type in TYPES.items()}}
pathlib.Path(sys.argv[1]).write_text(json.dumps(figures, indent=1) + "\n")
