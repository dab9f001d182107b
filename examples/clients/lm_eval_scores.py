"""Runs lm-eval, unmodified, against a served model and on Hugging Face's own run of the same files, and compares every row.

Run: python3 lm_eval_scores.py BASE_URL KEY MODEL FOLDER [TOLERANCE]. The base URL ends in /v1; FOLDER holds the model's files in
Hugging Face's layout; TOLERANCE is the largest difference of two log-likelihoods in nats (0.001, for a model that is served in fp32).
"""
import os
import sys
import tempfile
from importlib import metadata
from pathlib import Path

BASE_URL, KEY, MODEL, FOLDER = sys.argv[1:5]
TOLERANCE = float(sys.argv[5]) if len(sys.argv) > 5 else 0.001
os.environ["OPENAI_API_KEY"] = KEY
os.environ.update(HF_HUB_OFFLINE="1", HF_DATASETS_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
os.environ["HF_HOME"] = tempfile.mkdtemp(prefix="lm-eval-")

import lm_eval  # noqa: E402  (reads the environment)
from lm_eval.tasks import TaskManager  # noqa: E402

# The tasks name their rows relative to this folder.
os.chdir(Path(__file__).resolve().parent)
TASKS = TaskManager(include_path="lm_eval_tasks", include_defaults=False)
COMPLETIONS = {
    "model": MODEL,
    "base_url": f"{BASE_URL}/completions",
    "tokenizer_backend": "huggingface",
    "tokenizer": FOLDER,
    "tokenized_requests": False,
    "max_length": 2048,
}
CHAT = {"model": MODEL, "base_url": f"{BASE_URL}/chat/completions", "num_concurrent": 2}
REFERENCE = {"pretrained": FOLDER, "dtype": "float32"}


def run(backend, arguments, task, batch=1, chat=False):
    """One backend's metrics of a task, and what it said of each row, in the rows' order."""
    results = lm_eval.simple_evaluate(
        model=backend,
        model_args=arguments,
        tasks=[task],
        task_manager=TASKS,
        batch_size=batch,
        device="cpu",
        apply_chat_template=chat,
        bootstrap_iters=0,
    )
    samples = sorted(results["samples"][task], key=lambda sample: sample["doc_id"])
    return results["results"][task], [sample["filtered_resps"] for sample in samples]


def scores():
    """local-completions: echo and logprobs, several prompts in a request."""
    served, ours = run("local-completions", COMPLETIONS, "paddock_choices", batch=8)
    reference, theirs = run("hf", REFERENCE, "paddock_choices")
    assert len(ours) == len(theirs) == 20, (len(ours), len(theirs))
    worst = 0.0
    for our_row, their_row in zip(ours, theirs):
        assert len(our_row) == len(their_row) == 4, (our_row, their_row)
        for (our_sum, our_greedy), (their_sum, their_greedy) in zip(our_row, their_row):
            worst = max(worst, abs(float(our_sum) - float(their_sum)))
            assert bool(our_greedy) == bool(their_greedy), (our_row, their_row)
    assert worst <= TOLERANCE, worst
    assert served["acc,none"] == reference["acc,none"], (served, reference)
    print(f"paddock_choices: accuracy {served['acc,none']:.2f} in both, log-likelihoods within {worst:.6f}", flush=True)


def answers():
    """local-chat-completions: the model's own chat template, greedy, up to a line's end."""
    served, ours = run("local-chat-completions", CHAT, "paddock_answers", chat=True)
    reference, theirs = run("hf", REFERENCE, "paddock_answers", chat=True)
    assert len(ours) == 20 and all(row[0] for row in ours), ours
    assert ours == theirs, [pair for pair in zip(ours, theirs) if pair[0] != pair[1]]
    assert served["exact_match,none"] == reference["exact_match,none"], (served, reference)
    print(f"paddock_answers: exact match {served['exact_match,none']:.2f} in both, the same texts", flush=True)


scores()
answers()
print("lm-eval", metadata.version("lm_eval"), "ok")
