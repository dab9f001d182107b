"""Which tokens transformers' logits processors leave, and with which probabilities, against which the sampler is tested.

usage: sampling_reference.py OUTPUT.json

Each case has logits, the tokens of prompt and answer, the parameters, and the probabilities that are left (0 for the rest). The
processors run in the order in which transformers' generate runs them.
"""

import json
import sys

import torch
from transformers.generation.logits_process import (
    LogitsProcessorList,
    MinPLogitsWarper,
    RepetitionPenaltyLogitsProcessor,
    TemperatureLogitsWarper,
    TopKLogitsWarper,
    TopPLogitsWarper,
    TypicalLogitsWarper,
)

CASES = [
    {"typicalP": 0.2},
    {"typicalP": 0.5},
    {"typicalP": 0.95},
    {"minP": 0.05},
    {"minP": 0.3},
    {"topK": 5},
    {"topP": 0.6},
    {"temperature": 0.6, "minP": 0.1},
    {"temperature": 1.7, "typicalP": 0.7},
    {"topK": 12, "topP": 0.8, "minP": 0.1},
    {"topK": 20, "typicalP": 0.6},
    {"topP": 0.9, "minP": 0.02, "typicalP": 0.5, "temperature": 0.8},
    {"repetitionPenalty": 1.3},
    {"repetitionPenalty": 0.8, "topP": 0.7, "temperature": 1.2},
]


def processors(case):
    chosen = LogitsProcessorList()
    if "repetitionPenalty" in case:
        chosen.append(RepetitionPenaltyLogitsProcessor(case["repetitionPenalty"]))
    if "temperature" in case:
        chosen.append(TemperatureLogitsWarper(case["temperature"]))
    if "topK" in case:
        chosen.append(TopKLogitsWarper(case["topK"]))
    if "topP" in case:
        chosen.append(TopPLogitsWarper(case["topP"]))
    if "minP" in case:
        chosen.append(MinPLogitsWarper(case["minP"]))
    if "typicalP" in case:
        chosen.append(TypicalLogitsWarper(case["typicalP"]))
    return chosen


def main():
    generator = torch.Generator().manual_seed(17)
    rows = []
    for spread in (0.7, 2.5):
        for case in CASES:
            logits = spread * torch.randn(64, generator=generator)
            tokens = torch.randint(0, 64, (1, 10), generator=generator)
            left = processors(case)(tokens, logits[None])[0].double().softmax(-1)
            rows.append(
                {"logits": logits.tolist(), "tokens": tokens[0].tolist(), "parameters": case, "probabilities": left.tolist()}
            )
    with open(sys.argv[1], "w") as file:
        json.dump(rows, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
