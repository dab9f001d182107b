#!/usr/bin/env python3
"""Compares the loss curves of two recorded runs step by step, from the running suite that made them.

    benchmarks/comparison/curves.py intents-qlora intents-lora [--json FILE]

Both runs must have had the same data, seed and steps. Prints the mean and the largest relative difference of the steps' training
losses, and of the means of tenths of the run.
"""

import argparse
import json
import os
import statistics
from pathlib import Path

from gateway import Gateway

HERE = Path(__file__).resolve().parent


def losses(gateway, name):
    """Training loss by step of the run's newest completed job."""
    jobs = [job for job in gateway.items("/api/v1/training-jobs?limit=200") if job["name"] == name and job["state"] == "COMPLETED"]
    points = gateway.items(f"/api/v1/training-jobs/{max(jobs, key=lambda job: job['createdAt'])['id']}/metrics?limit=200")
    return {point["step"]: point["value"] for point in points if point["name"] == "loss"}


def difference(one, other):
    """Relative differences of steps, and of the means of tenths."""
    steps = sorted(one.keys() & other.keys())
    relative = [abs(one[step] - other[step]) / other[step] for step in steps]
    size = max(1, len(steps) // 10)
    tenths = []
    for first in range(0, len(steps) - size + 1, size):
        part = steps[first : first + size]
        mean = statistics.mean(other[step] for step in part)
        tenths.append(abs(statistics.mean(one[step] for step in part) - mean) / mean)
    whole = statistics.mean(other[step] for step in steps)
    return {
        "steps": len(steps),
        "meanLoss": [statistics.mean(one[step] for step in steps), whole],
        "wholeCurve": abs(statistics.mean(one[step] for step in steps) - whole) / whole,
        "medianOfSteps": statistics.median(relative),
        "tenths": [round(tenth, 4) for tenth in tenths],
    }


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("run")
    parser.add_argument("other")
    parser.add_argument("--gateway", default=f"http://127.0.0.1:{os.environ.get('PADDOCK_PORT', '8080')}")
    parser.add_argument("--paddock", default=str(HERE.parents[1] / "paddock"))
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args()
    gateway = Gateway(asked.gateway, asked.paddock)
    found = {"run": asked.run, "other": asked.other} | difference(losses(gateway, asked.run), losses(gateway, asked.other))
    text = json.dumps(found, indent=2)
    print(text)
    if asked.json:
        asked.json.write_text(text + "\n")


if __name__ == "__main__":
    main()
