"""Reference figures for merging weights, by the papers' formulas in double precision.

usage: mix_reference.py OUTPUT.json

Made with numpy 2 and mergekit 0.1.5 (with torch). Where mergekit computes the same, its own code is run on the same tensors and
must agree: slerp, ties with and without normalization (its generalized task arithmetic), and the linear mean. It has DARE with
another scale (it keeps a norm), so that is the paper's formula alone: with drop rate p, delta * mask / (1 - p). The mask comes from
SplitMix64 (Steele et al. 2014), written anew here.
"""

import json
import sys
from types import SimpleNamespace

import numpy as np
import torch
from mergekit.merge_methods.generalized_task_arithmetic import ConsensusMethod, GeneralizedTaskArithmeticMerge
from mergekit.merge_methods.slerp import slerp as mergekit_slerp
from mergekit.sparsify import SparsificationMethod

MASK = (1 << 64) - 1
TENSOR, SEED = "model.layers.0.mlp.up_proj.weight", 7
SHAPE = (9, 14)


def linear(sources, weights, normalize):
    total = sum(w * s for w, s in zip(weights, sources))
    return total / sum(weights) if normalize else total


def slerp(first, second, t):
    a, b = first.ravel(), second.ravel()
    cosine = a @ b / (np.linalg.norm(a) * np.linalg.norm(b))
    if abs(cosine) > 0.9995:
        return (1 - t) * first + t * second
    angle = np.arccos(cosine)
    return (np.sin((1 - t) * angle) * first + np.sin(t * angle) * second) / np.sin(angle)


def trim(delta, density):
    kept = max(1, int(density * delta.size))
    order = np.argsort(-np.abs(delta.ravel()), kind="stable")
    mask = np.zeros(delta.size)
    mask[order[:kept]] = 1
    return delta * mask.reshape(delta.shape)


def merge_task_vectors(base, deltas, weights, elect, normalize, scale):
    w = np.array(weights).reshape(-1, *[1] * base.ndim)
    parts = w * np.stack(deltas)
    mask = np.ones_like(parts)
    if elect:
        sign = np.where(parts.sum(0) >= 0, 1, -1)
        mask = (np.sign(parts) == sign).astype(float)
    merged, divisor = (parts * mask).sum(0), (w * mask).sum(0)
    if normalize:
        merged = merged / np.where(np.abs(divisor) < 1e-8, 1, divisor)
    return base + scale * merged


def split_mix(seed):
    """Numbers from 0 to below 1: 53 high bits of SplitMix64."""
    state = seed & MASK
    while True:
        state = (state + 0x9E3779B97F4A7C15) & MASK
        z = state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        yield ((z ^ (z >> 31)) >> 11) * 2.0**-53


def java_hash(text):
    value = 0
    for letter in text:
        value = (31 * value + ord(letter)) & 0xFFFFFFFF
    return value - (1 << 32) if value >> 31 else value


def drop(delta, density, source):
    numbers = split_mix(31 * (31 * SEED + source) + java_hash(TENSOR))
    mask = np.array([1.0 if next(numbers) < density else 0.0 for _ in range(delta.size)])
    return delta * mask.reshape(delta.shape) / density


def mergekit_ties(base, sources, weights, density, normalize, scale):
    method = GeneralizedTaskArithmeticMerge(
        consensus_method=ConsensusMethod.sum, sparsification_method=SparsificationMethod.magnitude, default_normalize=True,
        default_rescale=False, method_name="ties", method_pretty_name=None, method_reference_url=None)
    group = SimpleNamespace(
        base=SimpleNamespace(tensor=torch.tensor(base)),
        non_base=[SimpleNamespace(id=i, tensor=torch.tensor(s)) for i, s in enumerate(sources)])
    return method.merge_group(
        group, int8_mask=False, normalize=normalize, rescale=False, weight=dict(enumerate(weights)),
        density={i: density for i in range(len(sources))}, **{"lambda": scale}).numpy()


def numbers(array):
    return [float(x) for x in np.asarray(array, dtype=np.float64).ravel()]


def main(output):
    random = np.random.default_rng(20240601)
    base = random.normal(0, 1, SHAPE).astype(np.float32).astype(np.float64)
    sources = [(base + random.normal(0, 0.3, SHAPE)).astype(np.float32).astype(np.float64) for _ in range(3)]
    near = (sources[0] * np.float32(1.0001)).astype(np.float32).astype(np.float64)
    weights = [1.0, 0.5, 2.0]
    a, b = random.normal(0, 1, (4, SHAPE[1])).astype(np.float32), random.normal(0, 1, (SHAPE[0], 4)).astype(np.float32)

    cases = {
        "linear_mean": linear(sources, weights, True),
        "linear_sum": linear(sources, [0.7, -0.2, 0.4], False),
        "slerp": slerp(sources[0], sources[1], 0.25),
        "slerp_near": slerp(sources[0], near, 0.25),
        "residual": sources[1] + 0.8 * (sources[0] - base),
        "adapter": base + 1.5 * (b.astype(np.float64) @ a.astype(np.float64)),
    }
    for density in (0.2, 1.0):
        for normalize in (True, False):
            trimmed = [trim(s - base, density) for s in sources]
            merged = merge_task_vectors(base, trimmed, weights, True, normalize, 0.7)
            theirs = mergekit_ties(base, sources, weights, density, normalize, 0.7)
            np.testing.assert_allclose(merged, theirs, atol=1e-12)
            cases[f"ties_{density}_{'mean' if normalize else 'sum'}"] = merged
    for elect in (True, False):
        for normalize in (True, False):
            dropped = [drop(s - base, 0.4, i) for i, s in enumerate(sources)]
            name = f"dare_{'ties' if elect else 'linear'}_{'mean' if normalize else 'sum'}"
            cases[name] = merge_task_vectors(base, dropped, weights, elect, normalize, 0.7)
    for name, second in (("slerp", sources[1]), ("slerp_near", near)):
        theirs = mergekit_slerp(torch.tensor([0.25]), torch.tensor(sources[0])[None], torch.tensor(second)[None])[0].numpy()
        np.testing.assert_allclose(cases[name], theirs, atol=1e-12)

    with open(output, "w", encoding="utf-8") as file:
        json.dump({
            "tensor": TENSOR, "seed": SEED, "shape": list(SHAPE), "base": numbers(base), "sources": [numbers(s) for s in sources],
            "near": numbers(near), "weights": weights, "a": numbers(a), "b": numbers(b),
            "results": {name: numbers(value) for name, value in cases.items()}}, file)
        file.write("\n")


main(sys.argv[1])
