"""Reference figures for adapters in PEFT's layout, from transformers and PEFT in fp32.

usage: peft_reference.py BASE_FOLDER OUTPUT_FOLDER [OUR_ADAPTER_FOLDER]

Makes an adapter with PEFT and saves it in OUTPUT_FOLDER with the logits after a few prompts (logits.json). With
OUR_ADAPTER_FOLDER, an adapter that Paddock wrote, loads it with PEFT and writes the logits to ours-logits.json.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from transformers import AutoModelForCausalLM

PROMPTS = [[1, 300, 17, 42, 511, 260], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [700]]


def logits(model):
    with torch.no_grad():
        return [[round(x, 6) for x in model(torch.tensor([p])).logits[0, -1].tolist()] for p in PROMPTS]


def write(path, model):
    path.write_text(json.dumps({"prompts": PROMPTS, "logits": logits(model)}, separators=(",", ":")) + "\n")


def main():
    base, output = sys.argv[1], pathlib.Path(sys.argv[2])
    torch.manual_seed(0)
    model = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    config = LoraConfig(
        r=2, lora_alpha=6, use_rslora=True, lora_dropout=0.1, task_type="CAUSAL_LM",
        target_modules=["q_proj", "v_proj", "o_proj", "down_proj"],
    )
    made = get_peft_model(model, config).eval()
    for name, parameter in made.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.2)
    made.save_pretrained(output)
    saved = output / "adapter_config.json"
    saved.write_text(json.dumps(json.loads(saved.read_text()) | {"base_model_name_or_path": "paddock-tiny"}, indent=2) + "\n")
    (output / "README.md").unlink(missing_ok=True)
    write(output / "logits.json", made)
    if len(sys.argv) > 3:
        ours = PeftModel.from_pretrained(AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32), sys.argv[3])
        write(output / "ours-logits.json", ours.eval())


if __name__ == "__main__":
    main()
