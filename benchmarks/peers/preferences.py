"""DPO with TRL and PEFT: one batch of pairs again and again, the reference's log-probabilities known before the rounds."""

import tempfile

from peer import load, serve, timed, versions

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def tokenizer_of(task):
    import os

    from transformers import AutoTokenizer

    folder, file = os.path.split(task["model"])
    if os.path.isfile(task["model"]):
        return AutoTokenizer.from_pretrained(folder, gguf_file=file)
    return AutoTokenizer.from_pretrained(task["model"])


def prepare(task):
    import datasets
    import peft
    import torch
    import transformers
    import trl

    config = peft.LoraConfig(
        r=task["rank"], lora_alpha=2 * task["rank"], target_modules=PROJECTIONS, task_type="CAUSAL_LM"
    )
    model = load(task)
    model.is_quantized = False  # a GGUF's weights are dequantized when they are read
    model.hf_quantizer = None
    unused = datasets.Dataset.from_list([{"prompt": "a", "chosen": "b", "rejected": "c"}])
    trainer = trl.DPOTrainer(
        model=model,
        args=trl.DPOConfig(
            output_dir=tempfile.mkdtemp(),
            beta=task["beta"],
            use_cpu=True,
            bf16=False,
            gradient_checkpointing=False,
            precompute_ref_log_probs=True,
            report_to=[],
        ),
        train_dataset=unused,
        processing_class=tokenizer_of(task),
        peft_config=config,
    )
    model = trainer.model
    model.train()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=task["learningRate"], weight_decay=0.01)
    rows, prompt = task["rows"], task["prompt"]
    pairs = [
        {
            "prompt_ids": rows[i][:prompt],
            "chosen_ids": rows[i][prompt:],
            "rejected_ids": rows[i + 1][prompt:],
            "ref_chosen_logps": -100.0,
            "ref_rejected_logps": -100.0,
        }
        for i in range(0, len(rows), 2)
    ]

    def step():
        loss = trainer.compute_loss(model, trainer.data_collator(pairs))
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def work():
        seconds = timed(lambda: [step() for _ in range(task["steps"])])
        return sum(map(len, rows)) * task["steps"], seconds

    return f"TRL {trl.__version__} on PEFT {peft.__version__}", versions(torch, transformers, peft, trl), work


serve(prepare)
