"""Loads what Paddock downloads with transformers and PEFT, and holds it against the checked-in figures.

usage: exported_folder.py BASE_FOLDER FIGURES.json [ADAPTER_FOLDER "a question" ["a system message"]]

BASE_FOLDER is what `paddock version download` wrote of a base, FIGURES.json what inference_reference.py made of the same base
from another source. Ends with 1 where token ids or greedy tokens differ, or a logit by more than 2e-3. With an adapter, PEFT
loads it on that base and answers the question in the base's chat template.
"""

import json
import sys

import torch
from inference_reference import PROMPTS, STRIDE
from transformers import AutoModelForCausalLM, AutoTokenizer

TOLERANCE = 2e-3


def compare(model, tokenizer, figures):
    wrong, worst = [], 0.0
    for text, prompt in zip(PROMPTS, figures["prompts"], strict=True):
        ids = tokenizer(text, add_special_tokens=False)["input_ids"]
        if ids != prompt["ids"]:
            wrong.append(f"ids of {text!r}: {ids}")
        logits = model(torch.tensor([prompt["ids"]])).logits[0, -1]
        pairs = zip(logits[::STRIDE].tolist(), prompt["everyNth"], strict=True)
        worst = max(worst, *(abs(ours - theirs) for ours, theirs in pairs))
        output = model.generate(
            torch.tensor([prompt["ids"]]),
            max_new_tokens=64,
            min_new_tokens=64,
            do_sample=False,
            eos_token_id=None,
            pad_token_id=0,
        )
        if output[0, len(prompt["ids"]) :].tolist() != prompt["greedy"]:
            wrong.append(f"greedy tokens after {text!r}")
    print(f"{len(PROMPTS)} prompts, largest difference of a logit {worst:.2e}, {len(wrong)} other differences")
    return wrong + ([f"logits differ by {worst}"] if worst > TOLERANCE else [])


def answer(model, tokenizer, adapter, question, system):
    import peft

    adapted = peft.PeftModel.from_pretrained(model, adapter).eval()
    messages = ([{"role": "system", "content": system}] if system else []) + [{"role": "user", "content": question}]
    prompt = tokenizer.apply_chat_template(messages, add_generation_prompt=True, return_tensors="pt", return_dict=True)
    output = adapted.generate(**prompt, max_new_tokens=24, do_sample=False)
    return tokenizer.decode(output[0, prompt["input_ids"].shape[1] :], skip_special_tokens=True)


def main():
    folder, figures = sys.argv[1], json.load(open(sys.argv[2]))
    torch.set_grad_enabled(False)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    wrong = compare(model, tokenizer, figures)
    if len(sys.argv) > 4:
        print("PEFT answers:", answer(model, tokenizer, sys.argv[3], sys.argv[4], (sys.argv[5:] or [""])[0]))
    for one in wrong:
        print("DIFFERENT:", one)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
