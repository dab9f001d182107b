"""Reference figures for LoRA adapters under gates (MeteoRA, Xu et al. 2024, arXiv:2405.13053), in fp32.

usage: routed_reference.py BASE_FOLDER OUTPUT_FOLDER

Makes three adapters with PEFT, each saved in OUTPUT_FOLDER/adapters/<n>, and gates over them, and writes figures.json: some logits
after a few prompts, and the gradients of one layer's gate of the mean loss over a text. The routed layer is the module below:
y = W x + sum over adapters j of w_j s_j B_j A_j x, where w is the softmax over the two largest of the gate's logits G x, and 0 for
the third. An adapter without an update of a layer takes part in its gate and adds nothing.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import load_file, save_file
from transformers import AutoModelForCausalLM

PROMPTS = [[1, 300, 17, 42, 511, 260], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [700]]
TEXT = [1, 300, 17, 42, 511, 260, 9, 80, 700, 31]
EVERY = 8
TOP = 2
GRADIENT = ["model.layers.1.self_attn.v_proj", "model.layers.2.mlp.down_proj"]
PREFIX = "base_model.model."
NAME = "paddock-tiny"
CASES = [
    dict(r=2, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"]),
    dict(r=3, lora_alpha=3, target_modules=["v_proj", "up_proj", "down_proj"], layers_to_transform=[1, 2]),
    dict(r=2, lora_alpha=4, use_rslora=True, target_modules=["q_proj", "k_proj", "o_proj", "v_proj"]),
]


class Routed(torch.nn.Module):
    def __init__(self, layer, adapters):
        super().__init__()
        self.layer, self.adapters = layer, adapters
        self.gate = torch.nn.Parameter(torch.randn(len(adapters), layer.in_features))

    def forward(self, x):
        y = self.layer(x)
        largest, chosen = torch.topk(x @ self.gate.T, TOP, -1)
        weights = torch.softmax(largest, -1)
        for place in range(TOP):
            for number, adapter in enumerate(self.adapters):
                if adapter is not None:
                    a, b, scale = adapter
                    mine = weights[..., place : place + 1] * (chosen[..., place : place + 1] == number)
                    y = y + mine * scale * (x @ a.T @ b.T)
        return y


def base(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def adapter(folder, output, number):
    made = get_peft_model(base(folder), LoraConfig(task_type="CAUSAL_LM", **CASES[number]))
    for parameter in (p for p in made.parameters() if p.requires_grad):
        parameter.data += 0.1 * torch.randn_like(parameter)
    path = output / "adapters" / str(number)
    made.save_pretrained(path)
    (path / "README.md").unlink(missing_ok=True)
    config = path / "adapter_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"base_model_name_or_path": NAME}, indent=2) + "\n")
    root = CASES[number].get("use_rslora", False)
    scale = CASES[number]["lora_alpha"] / CASES[number]["r"] ** (0.5 if root else 1)
    tensors = load_file(path / "adapter_model.safetensors")
    names = {name.removeprefix(PREFIX).split(".lora_")[0] for name in tensors}
    return {n: (tensors[f"{PREFIX}{n}.lora_A.weight"], tensors[f"{PREFIX}{n}.lora_B.weight"], scale) for n in names}


def main(folder, output):
    torch.manual_seed(11)
    adapters = [adapter(folder, output, number) for number in range(len(CASES))]
    model = base(folder).requires_grad_(False)
    gates = {}
    for name in sorted(set().union(*adapters)):
        parent, child = name.rsplit(".", 1)
        owner = model.get_submodule(parent)
        gates[name] = Routed(getattr(owner, child), [one.get(name) for one in adapters])
        setattr(owner, child, gates[name])
    save_file({f"{PREFIX}{n}.gate.weight": g.gate.data.contiguous() for n, g in gates.items()},
              output / "adapter_model.safetensors", metadata={"format": "pt"})
    config = {"adapters": ["first", "second", "third"], "base_model_name_or_path": NAME, "peft_type": "METEORA",
              "task_type": "CAUSAL_LM", "top_k": TOP}
    (output / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")
    with torch.no_grad():
        logits = [[round(x, 6) for x in model(torch.tensor([p])).logits[0, -1, ::EVERY].tolist()] for p in PROMPTS]
    ids = torch.tensor([TEXT])
    loss = model(ids, labels=ids).loss
    loss.backward()
    gradients = {n: [float(f"{x:.7g}") for x in gates[n].gate.grad.flatten().tolist()] for n in GRADIENT}
    figures = {"prompts": PROMPTS, "every": EVERY, "logits": logits, "text": TEXT, "loss": loss.item(), "gradients": gradients}
    (output / "figures.json").write_text(json.dumps(figures, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
