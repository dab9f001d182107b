"""Reference figures for cross-entropy with label smoothing, by torch's own cross_entropy and autograd in double precision.

usage: smoothing_reference.py OUTPUT.json

Hidden states, an RMS norm and an output matrix of small given numbers, five weighted targets; loss and gradients of the
weighted sum of losses for some amounts of smoothing (made with torch 2.15).
"""

import json
import pathlib
import sys

import torch
import torch.nn.functional as F

ROWS, WIDTH, VOCABULARY, EPSILON = 5, 6, 11, 1e-5
TARGETS = [3, 0, 10, 3, 7]
WEIGHTS = [1.0, 0.25, 2.0, 1.0, 0.5]
SMOOTHING = [0.0, 0.1, 0.5]


def numbers(rows, columns, factor):
    """(row * factor + column * 7) % 13 / 13 - 0.5"""
    return torch.tensor(
        [[((r * factor + c * 7) % 13) / 13 - 0.5 for c in range(columns)] for r in range(rows)], dtype=torch.float64)


def figures(smoothing):
    hidden, norm, output = numbers(ROWS, WIDTH, 5), 1 + numbers(1, WIDTH, 3)[0], 3 * numbers(VOCABULARY, WIDTH, 9)
    leaves = [hidden, norm, output]
    for leaf in leaves:
        leaf.requires_grad_(True)
    logits = F.rms_norm(hidden, [WIDTH], norm, EPSILON) @ output.T
    losses = F.cross_entropy(logits, torch.tensor(TARGETS), reduction="none", label_smoothing=smoothing)
    loss = (losses * torch.tensor(WEIGHTS, dtype=torch.float64)).sum()
    loss.backward()
    return {"smoothing": smoothing, "loss": loss.item(),
            "hidden": hidden.grad.flatten().tolist(), "norm": norm.grad.tolist(), "output": output.grad.flatten().tolist()}


pathlib.Path(sys.argv[1]).write_text(json.dumps([figures(s) for s in SMOOTHING], indent=1) + "\n")
