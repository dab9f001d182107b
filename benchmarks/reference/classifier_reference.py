"""Reference figures for classifiers in PEFT's layout, from transformers and PEFT in fp32.

usage: classifier_reference.py BASE_FOLDER OUTPUT_FOLDER [OUR_SEQUENCE_FOLDER OUR_TOKEN_FOLDER]
       classifier_reference.py --whole OUTPUT_FOLDER SEQUENCE_FOLDER TOKEN_FOLDER

Makes a sequence and a token classifier with PEFT and saves them in OUTPUT_FOLDER/sequence and OUTPUT_FOLDER/token, each with the
logits of a few prompts (logits.json): of the last token under the causal mask, of every token without it. With classifiers that
Paddock wrote, loads them with PEFT and writes their logits to ours-logits.json beside these.

With --whole, loads classifiers of which Paddock trained every weight as transformers' own, by their config.json alone, checks their
labels against classifier.json, and writes their logits to whole-logits.json.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForSequenceClassification, AutoModelForTokenClassification

PROMPTS = [[1, 30, 17, 42, 151, 60], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [70]]
KINDS = {
    "sequence": ("SEQ_CLS", AutoModelForSequenceClassification, ["a", "b", "c", "d", "e"],
                 ["q_proj", "v_proj", "o_proj", "down_proj"]),
    "token": ("TOKEN_CLS", AutoModelForTokenClassification, ["O", "B-x", "I-x", "B-y", "I-y"],
              ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]),
}


def logits(model, causal):
    rows = []
    for prompt in PROMPTS:
        ids, length = torch.tensor([prompt]), len(prompt)
        # a mask of four dimensions is added as it is: zeros leave every token open to every other
        mask = None if causal else torch.zeros(1, 1, length, length)
        with torch.no_grad():
            values = model(input_ids=ids, attention_mask=mask).logits[0]
        rows.append([[round(x, 6) for x in row] for row in values.reshape(-1, values.shape[-1]).tolist()])
    return rows


def write(path, model, causal):
    figures = {"prompts": PROMPTS, "logits": logits(model.eval(), causal)}
    path.write_text(json.dumps(figures, separators=(",", ":")) + "\n")


def base(kind, folder):
    _, model, labels, _ = KINDS[kind]
    return model.from_pretrained(folder, dtype=torch.float32, num_labels=len(labels))


def whole(output, folders):
    for kind, folder in zip(KINDS, folders):
        path = pathlib.Path(folder)
        model, report = KINDS[kind][1].from_pretrained(path, dtype=torch.float32, output_loading_info=True)
        assert not any(report[name] for name in ("missing_keys", "unexpected_keys", "mismatched_keys")), report
        scheme = json.loads((path / "classifier.json").read_text())
        assert list(model.config.id2label.values()) == scheme["labels"], model.config.id2label
        assert [type(model).__name__] == json.loads((path / "config.json").read_text())["architectures"]
        # is_causal in config.json takes the mask away
        write(pathlib.Path(output) / kind / "whole-logits.json", model, causal=True)


def main():
    if sys.argv[1] == "--whole":
        return whole(sys.argv[2], sys.argv[3:])
    folder, output = sys.argv[1], pathlib.Path(sys.argv[2])
    for number, (kind, (task, _, labels, targets)) in enumerate(KINDS.items()):
        torch.manual_seed(number)
        config = LoraConfig(r=2, lora_alpha=6, use_rslora=True, task_type=task, target_modules=targets)
        made = get_peft_model(base(kind, folder), config)
        for name, parameter in made.named_parameters():
            if "lora_B" in name or "score.modules_to_save" in name:
                torch.nn.init.normal_(parameter, std=0.3)
        made.save_pretrained(output / kind)
        saved = output / kind / "adapter_config.json"
        tidy = json.loads(saved.read_text()) | {"base_model_name_or_path": "random"}
        saved.write_text(json.dumps(tidy, indent=2) + "\n")
        scheme = {"kind": kind, "causal": kind == "sequence", "labels": labels}
        (output / kind / "classifier.json").write_text(json.dumps(scheme, indent=2) + "\n")
        (output / kind / "README.md").unlink(missing_ok=True)
        write(output / kind / "logits.json", made, kind == "sequence")
        if len(sys.argv) > 3:
            ours = PeftModel.from_pretrained(base(kind, folder), sys.argv[3 + number])
            write(output / kind / "ours-logits.json", ours, kind == "sequence")


if __name__ == "__main__":
    main()
