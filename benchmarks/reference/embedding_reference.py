"""Vectors of transformers' last hidden states in fp32, against which the engine's embeddings are tested.

usage: embedding_reference.py HF_FOLDER OUTPUT.json

Writes, for the model in HF_FOLDER, for texts of random ids: the ids, and the mean and the last token's hidden states behind the last
norm, each brought to length 1 (torch.nn.functional.normalize).
"""

import json
import sys

import torch
from transformers import AutoModel


def main():
    model = AutoModel.from_pretrained(sys.argv[1], dtype=torch.float32, attn_implementation="eager").eval()
    generator = torch.Generator().manual_seed(23)
    rows = []
    for size in (1, 2, 9, 40):
        ids = torch.randint(0, model.config.vocab_size, (1, size), generator=generator)
        with torch.no_grad():
            states = model(ids).last_hidden_state[0]
        rows.append(
            {
                "ids": ids[0].tolist(),
                "mean": torch.nn.functional.normalize(states.mean(0), dim=0).tolist(),
                "last": torch.nn.functional.normalize(states[-1], dim=0).tolist(),
            }
        )
    with open(sys.argv[2], "w") as file:
        json.dump(rows, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
