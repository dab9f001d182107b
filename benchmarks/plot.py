#!/usr/bin/env python3
"""Draws what `./paddock bench serving-cost --json FILE` measured.

    benchmarks/plot.py FILE docs/images/serving-cost.svg

Python 3.10 or later with matplotlib.
"""

import json
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plot

PANELS = {
    "prompt": ("Reading a prompt", "tokens of the prompt"),
    "context": ("One answer", "tokens before it"),
    "streams": ("Answers together", "answers"),
    "adapters": ("16 answers over adapters, r = 8", "adapters"),
    "routed": ("16 answers, 2 of some adapters by gates, r = 8", "adapters under gates"),
    "rank": ("16 answers over 8 adapters", "rank"),
}


def series(results, panel):
    """Points of one panel, by their number."""
    names = {result["name"]: result["ours"] for result in results}
    points = {int(name.rsplit("-", 1)[1]): ours for name, ours in names.items() if name.rsplit("-", 1)[0] == panel}
    return sorted(points.items())


def main(source, target):
    results = json.load(open(source, encoding="utf-8"))
    plot.rcParams["svg.hashsalt"] = "paddock"
    measured = {panel: points for panel in PANELS if (points := series(results, panel))}
    figure, axes = plot.subplots(
        1, len(measured), figsize=(4 * len(measured), 3.2), layout="constrained", squeeze=False
    )
    for axis, (panel, points) in zip(axes[0], measured.items()):
        title, label = PANELS[panel]
        axis.plot([x for x, _ in points], [y for _, y in points], marker="o")
        axis.set(title=title, xlabel=label, ylabel="tokens/s")
        axis.set_xscale("symlog", base=2)
        axis.xaxis.set_major_formatter("{x:.0f}")
        axis.set_ylim(bottom=0)
        axis.grid(alpha=0.3)
    figure.savefig(target, metadata={"Date": None})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
