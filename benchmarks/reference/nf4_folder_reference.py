"""Folders in NF4 as transformers saves them with bitsandbytes, with and without double quantization, and what they compute.

usage: nf4_folder_reference.py make FOLDER      writes FOLDER/{dense,double,single} and FOLDER/figures.json
       nf4_folder_reference.py check FOLDER     loads FOLDER by transformers and bitsandbytes, and prints what figures.json has

Made with bitsandbytes 0.50.2, torch 2.15 and transformers 5.23 on a processor. The model is random, with one matrix whose rows no
blocks of 64 fill and with more than 256 blocks in a matrix. Figures are the SHA-256 of each matrix's numbers in fp32 and the logits
behind a prompt, computed in fp32 by bitsandbytes' own product.
"""

import hashlib
import json
import pathlib
import sys

import bitsandbytes as bnb
import torch
from transformers import AutoModelForCausalLM, BitsAndBytesConfig, LlamaConfig, LlamaForCausalLM

IDS = [1, 17, 5, 80, 33, 2, 64, 9, 41, 7, 7, 90]


def dense(folder):
    torch.manual_seed(5)
    config = LlamaConfig(
        vocab_size=96, hidden_size=64, intermediate_size=272, num_hidden_layers=1, num_attention_heads=4,
        num_key_value_heads=2, max_position_embeddings=128, rms_norm_eps=1e-5, initializer_range=0.25,
        tie_word_embeddings=True, bos_token_id=1, eos_token_id=2,
    )
    LlamaForCausalLM(config).to(torch.bfloat16).save_pretrained(folder)


def quantized(source, folder, double):
    config = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_use_double_quant=double, bnb_4bit_compute_dtype=torch.bfloat16)
    AutoModelForCausalLM.from_pretrained(
        source, quantization_config=config, dtype=torch.bfloat16, device_map="cpu").save_pretrained(folder)


def figures(folder):
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32, device_map="cpu").eval()
    for parameter in model.parameters():
        if parameter.is_floating_point():
            parameter.data = parameter.data.float()
    matrices = {}
    for name, module in model.named_modules():
        if isinstance(module, bnb.nn.Linear4bit):
            module.compute_dtype = module.weight.quant_state.dtype = torch.float32
            values = bnb.functional.dequantize_4bit(module.weight.data, module.weight.quant_state)
            matrices[name + ".weight"] = hashlib.sha256(values.contiguous().numpy().tobytes()).hexdigest()
    with torch.no_grad():
        logits = model(torch.tensor([IDS])).logits[0, -1]
    return {"ids": IDS, "matrices": matrices, "logits": logits.float().tolist()}


def main(mode, folder):
    torch.set_num_threads(1)
    if mode == "check":
        print(json.dumps(figures(folder)))
        return
    dense(folder / "dense")
    found = {}
    for name in ("double", "single"):
        quantized(folder / "dense", folder / name, name == "double")
        found[name] = figures(folder / name)
    (folder / "figures.json").write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main(sys.argv[1], pathlib.Path(sys.argv[2]))
