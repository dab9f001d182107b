"""Reference figures for preference objectives, from TRL and from transformers with PEFT.

usage: preference_reference.py losses OUTPUT.json
       preference_reference.py model BASE_FOLDER PEFT_ADAPTER_FOLDER OUTPUT.json

losses: mean loss and its gradient by each summed log-probability, in double precision, by TRL's own code (made with 1.16.0):
the loss of its DPO, KTO, CPO (SimPO) and ORPO trainers is run on given log-probabilities and differentiated by autograd. Two
things TRL has not, or has otherwise: label smoothing of the sigmoid loss (conservative DPO, as TRL had it before 1.0) and the
likelihood term of ORPO over the answer alone, as in the paper. Beside each loss stand the rewards that the trainer reports.

model: loss of a batch of pairs of random tokens under a LoRA adapter, the base as the reference, with the gradient of every
adapter matrix by autograd, in fp32.
"""

import collections
import json
import pathlib
import sys
from types import SimpleNamespace
from unittest import mock

import torch
import torch.nn.functional as F

BETA, GAMMA, LAMBDA = 0.25, 0.6, 0.4
WEIGHTS = {"desirable": 1.2, "undesirable": 0.7}

# first answer: policy, reference, tokens; second answer: the same; whether the first is a good answer
ROWS = [
    (-12.5, -13.0, 7, -20.25, -18.5, 9, True),
    (-3.0, -2.25, 2, -2.5, -3.5, 3, False),
    (-40.0, -41.5, 25, -38.0, -37.0, 11, True),
    (-0.02, -0.5, 1, -7.0, -6.75, 4, True),
    (-55.0, -30.0, 12, -9.0, -33.0, 8, False),
    (-6.0, -6.0, 6, -6.0, -6.0, 6, True),
]


def spread(sums, tokens):
    """Per-token log-probabilities [rows, longest] of the given sums, and their mask [rows, longest + 1]: no prompt but one."""
    longest = max(tokens)
    weights = torch.tensor([[1.0 / t if i < t else 0.0 for i in range(longest)] for t in tokens], dtype=torch.float64)
    mask = torch.tensor([[0] + [1 if i < t else 0 for i in range(longest)] for t in tokens])
    return sums.unsqueeze(1) * weights, mask


def trainer(**settings):
    accelerator = SimpleNamespace(device="cpu", gather_for_metrics=lambda x: x, gather=lambda x: x)
    return SimpleNamespace(
        model=SimpleNamespace(training=True), accelerator=accelerator, aux_loss_enabled=False, beta=BETA, label_smoothing=0.0,
        _metrics={"train": collections.defaultdict(list)}, _total_train_tokens=0, _tp_size=1, **settings)


def outputs(log_probs):
    none = torch.zeros_like(log_probs)
    return SimpleNamespace(log_probs=log_probs, entropy=none, mean_logits=none, is_top1=none.bool(), log_sum_sq_probs=none)


def dpo(loss_type):
    from trl import DPOTrainer

    def loss(p1, r1, n1, p2, r2, n2, good):
        log_probs, mask = spread(torch.cat([p1, p2]), n1 + n2)
        own = trainer(ld_alpha=None, precompute_ref_logps=True, f_divergence_type="reverse_kl", loss_types=[loss_type],
                      loss_weights=[1.0], use_weighting=False)
        ids = torch.zeros_like(mask)
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "completion_mask": mask,
                  "ref_chosen_logps": r1, "ref_rejected_logps": r2}
        return DPOTrainer._compute_loss(own, lambda **_: outputs(log_probs), inputs, False), reported(own)

    return loss


def reported(own):
    """The rewards among a trainer's own metrics."""
    return {name: values[-1] for name, values in own._metrics["train"].items() if name.startswith("rewards/")}


def compared(chosen, rejected):
    """Rewards of pairs as TRL's trainers report them, of trainers that report them elsewhere than in their loss."""
    return {"rewards/chosen": chosen.mean().item(), "rewards/rejected": rejected.mean().item(),
            "rewards/accuracies": (chosen > rejected).double().mean().item(),
            "rewards/margins": (chosen - rejected).mean().item()}


def conservative_dpo(smoothing):
    def loss(p1, r1, n1, p2, r2, n2, good):
        d = BETA * ((p1 - r1) - (p2 - r2))
        value = (-(1 - smoothing) * F.logsigmoid(d) - smoothing * F.logsigmoid(-d)).mean()
        return value, compared(BETA * (p1 - r1), BETA * (p2 - r2))

    return loss


def simpo(smoothing):
    from trl.experimental.cpo import CPOTrainer

    def loss(p1, r1, n1, p2, r2, n2, good):
        own = SimpleNamespace(alpha=0.0, accelerator=SimpleNamespace(device="cpu"), loss_type="simpo", simpo_gamma=GAMMA,
                              beta=BETA, label_smoothing=smoothing)
        values, chosen, rejected = CPOTrainer.cpo_loss(own, p1 / torch.tensor(n1), p2 / torch.tensor(n2))
        return values.mean(), compared(chosen, rejected)

    return loss


def orpo(p1, r1, n1, p2, r2, n2, good):
    from trl.experimental.orpo import ORPOTrainer

    chosen, rejected = p1 / torch.tensor(n1), p2 / torch.tensor(n2)
    own = SimpleNamespace(beta=LAMBDA, accelerator=SimpleNamespace(device="cpu"))
    with mock.patch.object(torch.Tensor, "float", lambda self: self):  # it would go down to single precision
        value = (-chosen - ORPOTrainer.odds_ratio_loss(own, chosen, rejected)[0]).mean()
    return value, compared(LAMBDA * chosen, LAMBDA * rejected)


def kto(p1, r1, n1, p2, r2, n2, good):
    from trl import KTOTrainer

    log_probs, mask = spread(p1, n1)
    own = trainer(precompute_ref_logps=True, calculate_KL=True, loss_type="kto", desirable_weight=WEIGHTS["desirable"],
                  undesirable_weight=WEIGHTS["undesirable"], _compute_kl_logps=lambda model, batch: p2.detach())
    ids = torch.zeros_like(mask)
    inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "completion_mask": mask,
              "label": torch.tensor(good), "ref_logps": r1, "ref_KL_logps": r2}
    return KTOTrainer._compute_loss(own, lambda **_: outputs(log_probs), inputs, False), reported(own)


def figures(name, rows, loss):
    columns = list(zip(*rows))
    p1, r1, p2, r2 = (torch.tensor(columns[i], dtype=torch.float64, requires_grad=i in (0, 3)) for i in (0, 1, 3, 4))
    value, rewards = loss(p1, r1, list(columns[2]), p2, r2, list(columns[5]), list(columns[6]))
    first, second = torch.autograd.grad(value, [p1, p2], allow_unused=True)
    return {"objective": name, "rows": rows, "loss": value.item(), "first": first.tolist(),
            "second": [0.0] * len(rows) if second is None else second.tolist(), "rewards": rewards}


def losses(output):
    low = [row[:3] + (row[4] - 1, row[4], row[5], row[6]) for row in ROWS]  # unrelated answers became less likely
    table = [
        figures("dpo", ROWS, dpo("sigmoid")),
        figures("dpo-smoothed", ROWS, conservative_dpo(0.1)),
        figures("ipo", ROWS, dpo("ipo")),
        figures("simpo", ROWS, simpo(0.0)),
        figures("simpo-smoothed", ROWS, simpo(0.1)),
        figures("orpo", ROWS, orpo),
        figures("kto", ROWS, kto),
        figures("kto", low, kto),
        figures("kto", [row for row in ROWS if row[6]], kto),
        figures("kto", [row for row in ROWS if not row[6]], kto),
    ]
    settings = {"beta": BETA, "gamma": GAMMA, "lambda": LAMBDA, **WEIGHTS}
    output.write_text(json.dumps({"settings": settings, "tables": table}, separators=(",", ":")) + "\n")


PROMPTS = [[5, 17, 300, 42, 511], [700, 8, 9], [260, 261, 262, 263, 264, 265, 266]]
CHOSEN = [[33, 34, 35, 2], [120, 7], [18, 19, 20, 21, 22, 2]]
REJECTED = [[90, 91], [450, 451, 452, 453, 2], [14, 600, 2]]


def answer_log_probability(model, prompt, answer):
    logits = model(torch.tensor([prompt + answer])).logits[0, len(prompt) - 1 : -1]
    return F.log_softmax(logits.float(), -1).gather(1, torch.tensor(answer).unsqueeze(1)).sum()


def model_figures(base, adapter, output):
    from peft import PeftModel
    from transformers import AutoModelForCausalLM

    bare = AutoModelForCausalLM.from_pretrained(base, dtype=torch.float32)
    model = PeftModel.from_pretrained(bare, adapter, is_trainable=True).eval()
    policy, reference = [], []
    for answers in (CHOSEN, REJECTED):
        policy.append([answer_log_probability(model, p, a) for p, a in zip(PROMPTS, answers)])
        with model.disable_adapter(), torch.no_grad():
            reference.append([answer_log_probability(model, p, a) for p, a in zip(PROMPTS, answers)])
    arguments = []
    for p, r, answers in zip(policy, reference, (CHOSEN, REJECTED)):
        arguments += [torch.stack(p), torch.stack(r), [len(a) for a in answers]]
    objectives = {"dpo": dpo("sigmoid"), "ipo": dpo("ipo"), "simpo": simpo(0.0), "orpo": orpo}
    result = {}
    for name, loss in objectives.items():
        value, _ = loss(*arguments, None)
        names, weights = zip(*[(n, w) for n, w in model.named_parameters() if w.requires_grad])
        gradients = torch.autograd.grad(value, weights, retain_graph=True)
        result[name] = {
            "loss": value.item(),
            "norm": torch.sqrt(sum((g.double() ** 2).sum() for g in gradients)).item(),
            "gradients": {
                n.removeprefix("base_model.model.").replace(".default.weight", ".weight"): {
                    "norm": g.norm().item(), "first": g.flatten()[:4].tolist(), "sum": g.double().sum().item()}
                for n, g in zip(names, gradients)},
        }
    pairs = {"prompts": PROMPTS, "chosen": CHOSEN, "rejected": REJECTED}
    scores = {"policy": [[x.item() for x in p] for p in policy], "reference": [[x.item() for x in r] for r in reference]}
    output.write_text(json.dumps({**pairs, **scores, "objectives": result}, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    if sys.argv[1] == "losses":
        losses(pathlib.Path(sys.argv[2]))
    else:
        model_figures(sys.argv[2], sys.argv[3], pathlib.Path(sys.argv[4]))
