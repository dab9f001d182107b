"""Reference figures for macro-F1 of labels (scikit-learn) and micro-F1 of spans (seqeval).

usage: label_f1_reference.py OUTPUT_FILE
Writes random cases: labels right and said with their macro-F1; spans [start, end, type] right and said with their micro-F1, counted
in tokens (IOB2), where touching spans of one type stay two.
"""

import json
import pathlib
import random
import sys

from seqeval.metrics import f1_score as span_f1
from sklearn.metrics import f1_score as label_f1

TYPES = ["time", "date", "place"]


def spans(draw, length):
    found, at = [], 0
    while at < length:
        if draw.random() < 0.35:
            end = min(length, at + draw.randint(1, 3))
            found.append([at, end, draw.choice(TYPES)])
            at = end
        else:
            at += 1
    return found


def tags(found, length):
    row = ["O"] * length
    for start, end, kind in found:
        row[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return row


def perturbed(draw, found, length):
    """Some spans kept, some of another type or border, some new ones."""
    said = [list(s) for s in found if draw.random() < 0.7]
    for span in said:
        if draw.random() < 0.2:
            span[2] = draw.choice(TYPES)
        if draw.random() < 0.2 and span[1] - span[0] > 1:
            span[1] -= 1
    return said if draw.random() < 0.9 else spans(draw, length)


def main():
    draw = random.Random(5)
    cases = {"labels": [], "spans": []}
    for size in (1, 7, 40, 200):
        right = [draw.choice("abcdef") for _ in range(size)]
        said = [r if draw.random() < 0.6 else draw.choice("abcdef") for r in right]
        cases["labels"].append({"right": right, "said": said,
                                "macro": label_f1(right, said, average="macro", zero_division=0)})
        lengths = [draw.randint(1, 14) for _ in range(size)]
        gold = [spans(draw, n) for n in lengths]
        guess = [perturbed(draw, g, n) for g, n in zip(gold, lengths)]
        micro = span_f1([tags(g, n) for g, n in zip(gold, lengths)],
                        [tags(g, n) for g, n in zip(guess, lengths)], average="micro", zero_division=0)
        cases["spans"].append({"right": gold, "said": guess, "micro": float(micro)})
    pathlib.Path(sys.argv[1]).write_text(json.dumps(cases, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
