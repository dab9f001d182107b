"""Reference figures for NF4 with double quantization, block-wise 8-bit numbers, AdamW (fp32 and 8-bit) and Adafactor.

usage: nf4_reference.py OUTPUT.json

Made with bitsandbytes 0.50.2 on its CPU backend (AVX2 or later, so with fused multiply-add), torch 2.15 on one thread and
transformers 5.23. Numbers are hexadecimal, little endian; long ones are given as the SHA-256 of their bytes. Inputs are given,
or drawn by draw(), which any language can repeat exactly.
"""

import hashlib
import json
import sys

import bitsandbytes.functional as bnb
import numpy as np
import torch

LONGEST = 2048


def draw(seed, count):
    """24 random bits of a linear congruential generator as a number in [-1, 1), halved up to 15 times by 4 others: exact in fp32."""
    state, values = seed, np.empty(count, np.float32)
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        values[i] = np.float32(((state >> 40) / 2**23 - 1) * 2.0 ** -(state >> 36 & 15))
    return values


def text(array):
    data = np.ascontiguousarray(array).tobytes()
    return data.hex() if len(data) <= LONGEST else "sha256:" + hashlib.sha256(data).hexdigest()


def tensor_text(tensor):
    return text((tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor).numpy())


def border_matrix(code):
    """Every border between two neighbours of the code book, and the numbers next to it, in blocks whose largest number is 1 or 0.3."""
    borders = ((code[:-1] + code[1:]) / 2).numpy()
    values = np.concatenate([borders, np.nextafter(borders, np.float32(2)), np.nextafter(borders, np.float32(-2)), code.numpy()])
    blocks = np.stack([values * np.float32(scale) for scale in (1, 0.3, 7, 1e-30)])
    return np.pad(blocks.astype(np.float32), ((0, 0), (0, 64 - values.size)))


def nf4(name, rows, columns, values, seed=None):
    weights = torch.from_numpy(values.reshape(rows, columns))
    packed, state = bnb.quantize_4bit(weights, blocksize=64, compress_statistics=True, quant_type="nf4")
    case = {"name": name, "rows": rows, "columns": columns}
    case |= {"seed": seed} if seed is not None else {"values": values.tobytes().hex()}
    case |= {"packed": tensor_text(packed), "codes": tensor_text(state.absmax), "nested": tensor_text(state.state2.absmax)}
    case["offset"] = tensor_text(state.offset)
    for dtype, key in ((torch.float32, "fp32"), (torch.bfloat16, "bfloat16")):
        state.dtype = dtype
        case[key] = tensor_text(bnb.dequantize_4bit(packed, state))
    return case


def blockwise(name, signed, values, seed=None):
    code = bnb.create_dynamic_map(signed=signed)
    codes, state = bnb.quantize_blockwise(torch.from_numpy(values), code=code, blocksize=256)
    case = {"name": name, "signed": signed, "count": values.size}
    case |= {"seed": seed} if seed is not None else {"values": values.tobytes().hex()}
    return case | {"codes": tensor_text(codes), "largest": tensor_text(state.absmax),
                   "values_again": tensor_text(bnb.dequantize_blockwise(codes, state))}


def matrices():
    code = bnb.get_4bit_type("nf4", device="cpu")
    zeros = draw(5, 9 * 33)
    zeros[64:192] = 0
    cases = [nf4("borders", 4, 64, border_matrix(code)), nf4("zero blocks, odd columns", 9, 33, zeros)]
    for seed, (rows, columns) in enumerate([(1, 1), (3, 5), (7, 64), (100, 257), (577, 64), (576, 576), (1536, 576)], start=20):
        cases.append(nf4("%d by %d" % (rows, columns), rows, columns, draw(seed, rows * columns), seed))
    return cases


def blocks():
    cases = []
    for signed in (True, False):
        code = bnb.create_dynamic_map(signed=signed).numpy()
        borders = (code[:-1] + code[1:]) / 2
        values = np.concatenate([[1], borders, [1], np.nextafter(borders, np.float32(2)), np.zeros(256)]).astype(np.float32)
        cases.append(blockwise("borders", signed, values))
        drawn = draw(40, 5001)
        cases.append(blockwise("drawn", signed, drawn if signed else np.abs(drawn), 40))
    return cases


SHAPES = [(33, 130), (7, 5), (100,)]
STEPS = 6
RATE = 1e-2


def train(make):
    """Updates tensors by drawn gradients, halved; returns the optimizer and the tensors."""
    parameters = [torch.nn.Parameter(torch.from_numpy(draw(60 + i, int(np.prod(shape))).reshape(shape))) for i, shape in enumerate(SHAPES)]
    optimizer = make(parameters)
    for step in range(1, STEPS + 1):
        for i, parameter in enumerate(parameters):
            drawn = draw(1000 * step + i, parameter.numel()).reshape(parameter.shape)
            parameter.grad = torch.from_numpy(drawn * np.float32(0.5))
        optimizer.step()
    return optimizer, parameters


def optimizers():
    import bitsandbytes.optim
    from transformers.optimization import Adafactor

    makers = {
        "adamw": lambda p: torch.optim.AdamW(p, lr=RATE, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1),
        "adamw-8bit": lambda p: bitsandbytes.optim.AdamW8bit(p, lr=RATE, betas=(0.9, 0.99), eps=1e-8, weight_decay=0.1),
        "adafactor": lambda p: Adafactor(p, lr=RATE, eps=(1e-30, 1e-3), clip_threshold=1.0, decay_rate=-0.8, beta1=None,
                                         weight_decay=0.1, relative_step=False, scale_parameter=False, warmup_init=False),
    }
    cases = []
    for name, make in makers.items():
        optimizer, parameters = train(make)
        case = {"name": name, "parameters": [p.detach().numpy().tobytes().hex() for p in parameters]}
        if name == "adamw-8bit":
            state = optimizer.state[parameters[0]]
            case |= {"first_codes": state["state1"].numpy().tobytes().hex(), "second_codes": state["state2"].numpy().tobytes().hex()}
        cases.append(case)
    return cases


def main(output):
    torch.set_num_threads(1)
    figures = {
        "code_book": tensor_text(bnb.get_4bit_type("nf4", device="cpu")),
        "signed_map": tensor_text(bnb.create_dynamic_map(signed=True)),
        "unsigned_map": tensor_text(bnb.create_dynamic_map(signed=False)),
        "matrices": matrices(),
        "blocks": blocks(),
        "optimizers": optimizers(),
    }
    with open(output, "w", encoding="utf-8") as file:
        json.dump(figures, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
