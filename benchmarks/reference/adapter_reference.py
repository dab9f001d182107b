"""Reference figures for adapters beyond plain LoRA, in fp32: from PEFT where it has them, else from the modules below.

usage: adapter_reference.py BASE_FOLDER OUTPUT_FOLDER [OUR_FOLDER]

Makes an adapter of each case, saves it in OUTPUT_FOLDER/<case> and writes figures.json beside it: some logits after a few prompts,
and, where a case asks for them, some gradients of the mean loss over a text. With OUR_FOLDER, which holds <case> folders that Paddock
wrote, PEFT loads those and the logits go to OUTPUT_FOLDER/<case>/ours.json; one with a logits.json of Paddock's own is compared with it.

The bottlenecks follow LLM-Adapters (Hu et al. 2023, arXiv:2304.01933) and its published configuration: parallel
y = W x + s U tanh(D x), series behind a layer y' = y + s U tanh(D y), no biases.
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, PeftModel, get_peft_model
from safetensors.torch import save_file
from transformers import AutoModelForCausalLM

PROMPTS = [[1, 300, 17, 42, 511, 260], [5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], [700]]
TEXT = [1, 300, 17, 42, 511, 260, 9, 80, 700, 31]
EVERY = 8
NAME = "paddock-tiny"

PEFT_CASES = {
    "dora": dict(r=2, lora_alpha=6, target_modules=["q_proj", "v_proj", "down_proj"], layers_to_transform=[0, 2], use_dora=True),
    "patterns": dict(
        r=2, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "down_proj"], layers_to_transform=[0, 1],
        rank_pattern={"v_proj": 3, "layers.1.mlp.down_proj": 4}, alpha_pattern={"layers.[02]..*q_proj": 5}),
    "modules": dict(r=2, lora_alpha=4, target_modules=["q_proj"], modules_to_save=["input_layernorm", "model.norm"]),
}
BOTTLENECKS = {"series": ["down_proj"], "parallel": ["up_proj", "down_proj"]}
GRADIENTS = {"dora": "layers.2.mlp.down_proj", "series": "layers.1.mlp.down_proj", "parallel": "layers.1.mlp.up_proj"}


def base(folder):
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()


def logits(model):
    with torch.no_grad():
        return [[round(x, 6) for x in model(torch.tensor([p])).logits[0, -1, ::EVERY].tolist()] for p in PROMPTS]


def gradients(model, module):
    ids = torch.tensor([TEXT])
    loss = model(ids, labels=ids).loss
    loss.backward()
    found = {n.split(module + ".")[1]: p.grad.flatten().tolist() for n, p in model.named_parameters()
             if module + "." in n and p.requires_grad}
    return {"text": TEXT, "module": "model." + module, "loss": loss.item(),
            "gradients": {n: [float(f"{x:.7g}") for x in g] for n, g in found.items()}}


def write(folder, case, model):
    figures = {"prompts": PROMPTS, "every": EVERY, "logits": logits(model)}
    if case in GRADIENTS:
        figures |= gradients(model, GRADIENTS[case])
    (folder / "figures.json").write_text(json.dumps(figures, separators=(",", ":")) + "\n")


def perturb(model):
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            parameter.data += 0.1 * torch.randn_like(parameter)


def peft_case(folder, output, case):
    made = get_peft_model(base(folder), LoraConfig(task_type="CAUSAL_LM", **PEFT_CASES[case])).eval()
    perturb(made)
    made.save_pretrained(output)
    config = output / "adapter_config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"base_model_name_or_path": NAME}, indent=2) + "\n")
    (output / "README.md").unlink(missing_ok=True)
    write(output, case, made)


class Bottleneck(torch.nn.Module):
    def __init__(self, layer, size, scaling, parallel):
        super().__init__()
        self.layer, self.scaling, self.parallel = layer, scaling, parallel
        inputs = layer.in_features if parallel else layer.out_features
        self.adapter_down = torch.nn.Linear(inputs, size, bias=False)
        self.adapter_up = torch.nn.Linear(size, layer.out_features, bias=False)

    def forward(self, x):
        y = self.layer(x)
        return y + self.scaling * self.adapter_up(torch.tanh(self.adapter_down(x if self.parallel else y)))


def bottleneck_case(folder, output, case):
    model = base(folder).requires_grad_(False)
    targets, size, scaling = BOTTLENECKS[case], 3, 1.5
    for layer in model.model.layers:
        for target in targets:
            setattr(layer.mlp, target, Bottleneck(getattr(layer.mlp, target), size, scaling, case == "parallel"))
    perturb(model)
    output.mkdir(parents=True, exist_ok=True)
    save_file({"base_model.model." + n: p.data.contiguous() for n, p in model.named_parameters() if "adapter_" in n},
              output / "adapter_model.safetensors", metadata={"format": "pt"})
    config = {"adapter_dropout": 0.0, "base_model_name_or_path": NAME, "bias": "none", "bottleneck_size": size,
              "inference_mode": True, "init_weights": "bert", "modules_to_save": None, "non_linearity": "tanh",
              "peft_type": "BOTTLENECK", "scaling": scaling, "target_modules": targets, "task_type": "CAUSAL_LM",
              "use_parallel_adapter": case == "parallel"}
    (output / "adapter_config.json").write_text(json.dumps(config, indent=2) + "\n")
    write(output, case, model)


def pissa_case(folder, output):
    """What PiSSA leaves of the base: logits without the adapter, and the singular values that it took of one matrix."""
    config = LoraConfig(r=4, lora_alpha=6, target_modules=["q_proj", "down_proj"], init_lora_weights="pissa", task_type="CAUSAL_LM")
    made = get_peft_model(base(folder), config).eval()
    layer = made.base_model.model.model.layers[1].mlp.down_proj
    squares = layer.lora_A["default"].weight.detach().square().sum(1) * layer.scaling["default"]
    with made.disable_adapter():
        figures = {"prompts": PROMPTS, "every": EVERY, "logits": logits(made), "values": squares.tolist()}
    output.mkdir(parents=True, exist_ok=True)
    (output / "figures.json").write_text(json.dumps(figures, separators=(",", ":")) + "\n")


def load_ours(folder, ours, output):
    figures = {"prompts": PROMPTS, "every": EVERY, "logits": logits(PeftModel.from_pretrained(base(folder), ours).eval())}
    own = ours / "logits.json"
    if own.exists():
        worst = (torch.tensor(json.loads(own.read_text())) - torch.tensor(figures["logits"])).abs().max().item()
        print(f"{ours.name}: PEFT and Paddock differ by {worst:.2e} at most")
    else:
        output.mkdir(parents=True, exist_ok=True)
        (output / "ours.json").write_text(json.dumps(figures, separators=(",", ":")) + "\n")


def main():
    folder, output = sys.argv[1], pathlib.Path(sys.argv[2])
    torch.manual_seed(0)
    for case in PEFT_CASES:
        peft_case(folder, output / case, case)
    for case in BOTTLENECKS:
        bottleneck_case(folder, output / case, case)
    pissa_case(folder, output / "pissa")
    for ours in sorted(pathlib.Path(sys.argv[3]).iterdir()) if len(sys.argv) > 3 else []:
        load_ours(folder, ours, output / ours.name)


if __name__ == "__main__":
    main()
