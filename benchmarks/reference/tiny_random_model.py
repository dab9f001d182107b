"""Makes a random LLaMA model of 100 kB and a PEFT adapter for it, as files for the engine's tests.

usage: tiny_random_model.py FOLDER
Writes FOLDER/model (Hugging Face layout), FOLDER/adapter (PEFT layout) and FOLDER/adapter.json (logits of transformers with PEFT).
"""

import json
import pathlib
import sys

import torch
from peft import LoraConfig, get_peft_model
from transformers import LlamaConfig, LlamaForCausalLM


def main():
    folder = pathlib.Path(sys.argv[1])
    torch.manual_seed(3)
    config = LlamaConfig(
        vocab_size=160, hidden_size=32, intermediate_size=56, num_hidden_layers=2, num_attention_heads=4,
        num_key_value_heads=2, head_dim=12, max_position_embeddings=256, rms_norm_eps=1e-5, initializer_range=0.25,
        attention_bias=True, mlp_bias=True, tie_word_embeddings=False, bos_token_id=1, eos_token_id=2,
        rope_parameters={
            "rope_theta": 5000.0, "rope_type": "llama3", "factor": 4.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
            "original_max_position_embeddings": 64,
        },
    )
    model = LlamaForCausalLM(config).eval()
    for name, parameter in model.named_parameters():
        if name.endswith("bias") or "norm" in name:
            torch.nn.init.normal_(parameter, 0.5, 0.2)
    model.save_pretrained(folder / "model")
    lora = LoraConfig(
        r=4, lora_alpha=6, use_rslora=True, target_modules=["q_proj", "v_proj", "o_proj", "gate_proj", "down_proj"],
        rank_pattern={"o_proj": 2}, alpha_pattern={"down_proj": 3}, lora_dropout=0.0, task_type="CAUSAL_LM",
    )
    adapted = get_peft_model(model, lora)
    for name, parameter in adapted.named_parameters():
        if "lora_" in name:
            torch.nn.init.normal_(parameter, 0.0, 0.3)
    adapted.save_pretrained(folder / "adapter")
    ids = torch.randint(0, 160, (1, 20))
    with torch.no_grad():
        logits = adapted.eval()(ids).logits[0, -1]
    figures = {"ids": ids[0].tolist(), "logits": logits.tolist()}
    (folder / "adapter.json").write_text(json.dumps(figures) + "\n")


if __name__ == "__main__":
    main()
