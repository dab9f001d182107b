"""LoRA with PEFT on transformers, or every weight: one batch again and again, AdamW, gradients clipped to 1, the loss on every token."""

from peer import load, serve, timed, versions

PROJECTIONS = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]


def prepare(task):
    import peft
    import torch
    import transformers

    if task["full"]:  # fp32 masters; products in the task's precision
        model = load({**task, "precision": "fp32"})
    else:
        config = peft.LoraConfig(
            r=task["rank"], lora_alpha=2 * task["rank"], target_modules=PROJECTIONS, task_type="CAUSAL_LM"
        )
        model = peft.get_peft_model(load(task), config)
    autocast = torch.autocast("cpu", torch.bfloat16, enabled=task["full"] and task["precision"] == "bf16")
    model.train()
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=task["learningRate"], weight_decay=0.01)
    ids = torch.tensor(task["rows"])
    mask = torch.ones_like(ids)

    def step():
        with autocast:
            loss = model(input_ids=ids, attention_mask=mask, labels=ids).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return loss.item()

    def work():
        seconds = timed(lambda: [step() for _ in range(task["steps"])])
        return ids.numel() * task["steps"], seconds

    name = f"transformers {transformers.__version__}"
    if not task["full"]:
        name = f"PEFT {peft.__version__} on {name}"
    return name, versions(torch, transformers, peft), work


serve(prepare)
