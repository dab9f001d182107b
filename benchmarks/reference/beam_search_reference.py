"""What transformers' beam search finds in fp32, against which the engine's is tested.

usage: beam_search_reference.py HF_FOLDER OUTPUT.json

Writes, for the model in HF_FOLDER (eager attention), prompts as token ids, the settings of a search, and the ids and scores of
its answers, the best first. A search that finds other ids in fp64 hangs on a tie and is left out.
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

PROMPTS = [
    "Hello there",
    "Once upon a time, in a small village by the sea, there lived",
    "<|im_start|>user\nHello<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>user\nHow long may I return an item?<|im_end|>\n<|im_start|>assistant\n",
    "<|im_start|>user\nMy card was lost<|im_end|>\n<|im_start|>assistant\n",
    "2, 4, 8, 16,",
    "one two three one two",
    "The",
]
STOPPING = {"LIKELY": False, "FULL": True, "SURE": "never"}
# width, answers, length penalty, when to stop, most new tokens, stop strings
SETTINGS = [
    (4, 4, 1.0, "LIKELY", 24, []),
    (3, 1, 0.0, "SURE", 40, []),
    (5, 2, 2.0, "FULL", 30, []),
    (2, 2, -1.0, "LIKELY", 60, []),
    (8, 3, 1.5, "SURE", 20, []),
    (16, 4, 0.6, "LIKELY", 12, []),
    (4, 2, 1.0, "FULL", 40, ["e", "."]),
    (3, 3, 1.0, "LIKELY", 1, []),
]


def found(model, tokenizer, ids, settings):
    width, answers, penalty, stopping, new_tokens, stop = settings
    output = model.generate(
        torch.tensor([ids]), attention_mask=torch.ones(1, len(ids), dtype=torch.long), do_sample=False, num_beams=width,
        num_return_sequences=answers, length_penalty=penalty, early_stopping=STOPPING[stopping], max_new_tokens=new_tokens,
        eos_token_id=model.config.eos_token_id, pad_token_id=model.config.eos_token_id[0], stop_strings=stop or None,
        tokenizer=tokenizer, return_dict_in_generate=True, output_scores=True,
    )
    lengths = (output.beam_indices >= 0).sum(dim=1).tolist()
    return [
        {"ids": sequence[len(ids) : len(ids) + length], "score": round(score, 6)}
        for sequence, length, score in zip(output.sequences.tolist(), lengths, output.sequences_scores.tolist())
    ]


def search(models, tokenizer, ids, settings):
    single, double = (found(model, tokenizer, ids, settings) for model in models)
    if [answer["ids"] for answer in single] != [answer["ids"] for answer in double]:
        return None
    names = ("width", "answers", "lengthPenalty", "stopping", "newTokens", "stop")
    return {"prompt": ids, **dict(zip(names, settings)), "found": single}


def main():
    folder = sys.argv[1]
    tokenizer = AutoTokenizer.from_pretrained(folder)
    models = [
        AutoModelForCausalLM.from_pretrained(folder, dtype=dtype, attn_implementation="eager").eval()
        for dtype in (torch.float32, torch.float64)
    ]
    prompts = [tokenizer(prompt, add_special_tokens=False)["input_ids"] for prompt in PROMPTS]
    with torch.no_grad():
        searches = [search(models, tokenizer, ids, settings) for ids in prompts for settings in SETTINGS]
    kept = [entry for entry in searches if entry]
    ends = set(models[0].config.eos_token_id)
    ended = sum(answer["ids"][-1] in ends for entry in kept for answer in entry["found"])
    print(f"{len(kept)} of {len(searches)} searches, {ended} of their {sum(len(e['found']) for e in kept)} answers end by a token")
    pathlib.Path(sys.argv[2]).write_text("[\n" + ",\n".join(json.dumps(entry) for entry in kept) + "\n]\n")


if __name__ == "__main__":
    main()
