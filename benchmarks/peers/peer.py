"""What every peer shares: it takes a task and then commands, one line each, and answers each with one line of JSON.

Commands: "round" runs the work once and answers {"tokens", "seconds"}; "memory" answers {"peakMemoryBytes"}.
"""

import json
import os
import platform
import resource
import sys
import time


def load(task):
    """The model of a task: a Hugging Face folder or a GGUF file, in the task's precision."""
    import torch
    from transformers import AutoModelForCausalLM

    torch.set_num_threads(task["threads"])
    torch.manual_seed(1)
    dtype = {"fp32": torch.float32, "bf16": torch.bfloat16}[task["precision"]]
    path = task["model"]
    if os.path.isfile(path):
        folder, file = os.path.split(path)
        return AutoModelForCausalLM.from_pretrained(folder, gguf_file=file, dtype=dtype)
    return AutoModelForCausalLM.from_pretrained(path, dtype=dtype)


def versions(*modules):
    found = {module.__name__: module.__version__ for module in modules}
    found["python"] = platform.python_version()
    return found


def peak_memory():
    """The high-water mark of resident memory, in bytes."""
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM:"))
    except FileNotFoundError:
        size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return size if platform.system() == "Darwin" else size * 1024


def timed(work):
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def serve(prepare):
    """prepare(task) returns (name, versions, round), where round() returns (tokens, seconds)."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)  # whatever libraries print is no answer

    def answer(**fields):
        answers.write(json.dumps(fields) + "\n")

    try:
        name, found, work = prepare(json.loads(sys.stdin.readline()))
        answer(name=name, versions=found)
        for line in sys.stdin:
            if line.strip() == "round":
                tokens, seconds = work()
                answer(tokens=tokens, seconds=seconds)
            elif line.strip() == "memory":
                answer(peakMemoryBytes=peak_memory())
            else:
                answer(error="unknown command " + line.strip())
    except Exception as failure:
        answer(error=f"{type(failure).__name__}: {failure}")
        raise
