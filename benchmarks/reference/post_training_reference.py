"""Expected figures of post-training quantization, from the papers' formulas in numpy (float64).

    python post_training_reference.py OUT_FILE

Needs `numpy` alone. Writes figures.json: a matrix W [rows, columns], inputs X [N, columns] (fp32, base64), and by case the codes
and numbers of rounding to nearest and of GPTQ, the power that AWQ's search chooses, and SmoothQuant's scales.

Grid, up to 4 bits: d = half((max - min) / (2^b - 1)), m = half(min), number d * code + m; from 5 bits on:
d = half(max|w| / (2^(b-1) - 1)), number d * code. Groups share d and m.
"""

import base64
import json
import pathlib
import sys

import numpy as np

ROWS, COLUMNS, INPUTS, GROUP = 12, 96, 400, 32


def half(number):
    return float(np.float16(np.float32(number)))


class Grid:
    def __init__(self, bits, width):
        self.bits, self.width = bits, width
        self.most = 2**bits - 1 if bits <= 4 else 2 ** (bits - 1) - 1

    def fit(self, weights):
        if self.bits <= 4:
            return half((weights.max() - weights.min()) / self.most), half(weights.min())
        return half(np.abs(weights).max() / self.most), 0.0

    def code(self, weight, scale, least):
        code = np.rint((weight - least) / scale)
        return int(np.clip(code, 0 if self.bits <= 4 else -self.most, self.most))


def nearest(w, grid):
    codes, numbers = np.zeros(w.shape, np.int8), np.zeros(w.shape)
    for r in range(w.shape[0]):
        for first in range(0, w.shape[1], grid.width):
            scale, least = grid.fit(w[r, first:first + grid.width])
            for c in range(first, min(first + grid.width, w.shape[1])):
                codes[r, c] = grid.code(w[r, c], scale, least)
                numbers[r, c] = np.float32(codes[r, c]) * np.float32(scale) + np.float32(least)
    return codes, numbers


def gptq(w, x, grid, ordered, damping=0.01):
    """Algorithm 1 of arXiv:2210.17323, column by column without lazy batches."""
    hessian = 2 * x.T @ x
    order = np.arange(w.shape[1]) if not ordered else np.argsort(-np.diag(x.T @ x), kind="stable")
    hessian = hessian[np.ix_(order, order)]
    hessian[np.diag_indices_from(hessian)] += damping * np.mean(np.diag(hessian))
    upper = np.linalg.cholesky(np.linalg.inv(hessian)).T
    codes, numbers = np.zeros(w.shape, np.int8), np.zeros(w.shape)
    for r in range(w.shape[0]):
        left = w[r].copy()
        fits = {first: grid.fit(w[r, first:first + grid.width]) for first in range(0, w.shape[1], grid.width)}
        for i, c in enumerate(order):
            first = c // grid.width * grid.width
            if not ordered and c == first:
                fits[first] = grid.fit(left[first:first + grid.width])
            scale, least = fits[first]
            codes[r, c] = grid.code(left[c], scale, least)
            numbers[r, c] = np.float32(codes[r, c]) * np.float32(scale) + np.float32(least)
            error = (left[c] - numbers[r, c]) / upper[i, i]
            left[order[i + 1:]] -= error * upper[i, i + 1:]
    return codes, numbers


def energy(error, x):
    return float(np.sum((error @ x.T) ** 2))


def awq_scales(x, power):
    scales = np.maximum(np.abs(x).mean(0) ** power, 1e-4)
    return scales / np.sqrt(scales.max() * scales.min())


def awq(w, x, grid, steps=20):
    """Equations 4 and 5 of arXiv:2306.00978; the losses of all powers."""
    losses = []
    for step in range(steps):
        scales = awq_scales(x, step / steps).astype(np.float32).astype(np.float64)
        losses.append(energy(nearest(w * scales, grid)[1] / scales - w, x))
    return losses


def smooth(w, x, strength):
    """Equation 4 of arXiv:2211.10438."""
    return np.abs(x).max(0) ** strength / np.abs(w).max(0) ** (1 - strength)


def text(array, kind):
    return base64.b64encode(np.ascontiguousarray(array.astype(kind)).tobytes()).decode()


chance = np.random.default_rng(5)
w = chance.normal(0, 0.05, (ROWS, COLUMNS)).astype(np.float32).astype(np.float64)
mixing = chance.normal(0, 1, (COLUMNS, COLUMNS)) * 0.15 + np.eye(COLUMNS)
x = chance.normal(0, 1, (INPUTS, COLUMNS)) @ mixing
x[:, [3, 40, 77]] *= 12
x = x.astype(np.float32).astype(np.float64)

cases = []
for bits in (2, 3, 4, 8):
    for width in (GROUP, COLUMNS):
        grid = Grid(bits, width)
        group = 0 if width == COLUMNS else width
        for method, (codes, numbers) in (
                ("rtn", nearest(w, grid)), ("gptq", gptq(w, x, grid, False)), ("gptq-ordered", gptq(w, x, grid, True))):
            cases.append({"method": method, "bits": bits, "groupSize": group, "codes": text(codes, "i1"),
                          "energy": energy(numbers - w, x)})
        losses = awq(w, x, grid)
        cases.append({"method": "awq", "bits": bits, "groupSize": group, "losses": losses})
figures = {"rows": ROWS, "columns": COLUMNS, "weights": text(w, "<f4"), "inputs": text(x, "<f4"), "cases": cases,
           "smooth": {str(s): text(smooth(w, x, s), "<f4") for s in (0.0, 0.5, 0.8, 1.0)}}
pathlib.Path(sys.argv[1]).write_text(json.dumps(figures, indent=1) + "\n")
for case in cases:
    print(case["method"], case["bits"], case["groupSize"], case.get("energy", case.get("losses")))
