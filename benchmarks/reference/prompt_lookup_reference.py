"""What transformers' prompt lookup guesses, against which the engine's is tested.

usage: prompt_lookup_reference.py OUTPUT.json

Writes rows of token ids drawn from few, the longest match and the most tokens asked for, and the candidates of
PromptLookupCandidateGenerator.
"""

import json
import pathlib
import random
import sys

import torch
from transformers.generation.candidate_generator import PromptLookupCandidateGenerator

ROWS = 300


def row(generator):
    tokens = [generator.randrange(generator.choice([4, 9, 30])) for _ in range(generator.randint(2, 40))]
    longest, most = generator.randint(1, 5), generator.randint(1, 8)
    lookup = PromptLookupCandidateGenerator(
        num_output_tokens=most, max_matching_ngram_size=longest, max_length=10_000, vocab_size=30
    )
    candidates, _ = lookup.get_candidates(torch.tensor([tokens]))
    return {"tokens": tokens, "longest": longest, "most": most, "guess": candidates[0, len(tokens) :].tolist()}


def main():
    generator = random.Random(3)
    rows = [row(generator) for _ in range(ROWS)]
    pathlib.Path(sys.argv[1]).write_text("[\n" + ",\n".join(json.dumps(entry) for entry in rows) + "\n]\n")


if __name__ == "__main__":
    main()
