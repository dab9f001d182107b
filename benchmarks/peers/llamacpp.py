"""Prompts and greedy answers with llama.cpp, through its C interface: several sequences in one batch, as its server does it."""

import ctypes
import time

from peer import serve, timed, versions


class Context:
    """One model and its cache for a number of sequences."""

    def __init__(self, task, streams, length):
        import llama_cpp as lib

        self.lib = lib
        self.silence = lib.llama_log_callback(lambda *_: None)  # llama.cpp holds no reference of its own
        lib.llama_log_set(self.silence, None)
        lib.llama_backend_init()
        self.model = lib.llama_model_load_from_file(task["model"].encode(), lib.llama_model_default_params())
        terms = lib.llama_context_default_params()
        terms.n_ctx = streams * (-(-length // 256) * 256)
        terms.n_batch = max(2048, streams)
        terms.n_seq_max = streams
        terms.n_threads = terms.n_threads_batch = task["threads"]
        terms.kv_unified = False
        self.context = lib.llama_init_from_model(self.model, terms)
        if not self.context:
            raise RuntimeError("llama.cpp gives no context")
        self.vocabulary = lib.llama_vocab_n_tokens(lib.llama_model_get_vocab(self.model))
        self.memory = lib.llama_get_memory(self.context)
        self.batch = lib.llama_batch_init(terms.n_batch, 0, 1)

    def clear(self):
        self.lib.llama_memory_clear(self.memory, False)

    def run(self, rows):
        """One pass over (sequence, position, token, logits wanted)."""
        batch = self.batch
        batch.n_tokens = len(rows)
        for i, (sequence, position, token, wanted) in enumerate(rows):
            batch.token[i], batch.pos[i], batch.n_seq_id[i], batch.logits[i] = token, position, 1, wanted
            batch.seq_id[i][0] = sequence
        if self.lib.llama_decode(self.context, batch) != 0:
            raise RuntimeError("llama_decode refuses the batch")

    def greedy(self, count):
        """The likeliest tokens of a pass, whose logits lie one row after another."""
        import numpy

        logits = self.lib.llama_get_logits(self.context)
        return numpy.ctypeslib.as_array(logits, (count, self.vocabulary)).argmax(axis=1).tolist()

    def adapter(self, file):
        loaded = self.lib.llama_adapter_lora_init(self.model, file.encode())
        if not loaded:
            raise RuntimeError(f"llama.cpp does not load {file}")
        return loaded

    def use(self, adapter):
        """One adapter for all sequences of a pass: there are no others."""
        adapters = (self.lib.llama_adapter_lora_p_ctypes * 1)(adapter)
        self.lib.llama_set_adapters_lora(self.context, adapters, 1, (ctypes.c_float * 1)(1.0))


def reading(task):
    prompt, times = task["prompt"], task["prompts"]
    context = Context(task, 1, len(prompt))

    def read():
        context.clear()
        context.run([(0, i, token, i == len(prompt) - 1) for i, token in enumerate(prompt)])
        context.greedy(1)

    return lambda: (len(prompt) * times, timed(lambda: [read() for _ in range(times)]))


def streams(task):
    prompts, tokens = task["prompts"], task["tokens"]
    context = Context(task, len(prompts), len(prompts[0]) + tokens + 1)
    adapters = [context.adapter(file) for file in task["adapters"]]
    everybody = list(range(len(prompts)))
    # sequences with different adapters do not share a pass
    groups = [everybody[i :: len(adapters)] for i in range(len(adapters))] if adapters else [everybody]

    def passes(rows, last):
        for i, group in enumerate(groups):
            if adapters:
                context.use(adapters[i])
            context.run([row for sequence in group for row in rows(sequence)])
            for sequence, token in zip(group, context.greedy(len(group))):
                last[sequence] = token

    def round():
        context.clear()
        last = {}
        if adapters:
            context.use(adapters[0])
        for sequence, prompt in enumerate(prompts):
            context.run([(sequence, i, token, i == len(prompt) - 1) for i, token in enumerate(prompt)])
            last[sequence] = context.greedy(1)[0]
        length = len(prompts[0])
        start = time.perf_counter()
        for step in range(tokens):
            passes(lambda sequence: [(sequence, length + step, last[sequence], True)], last)
        return len(prompts) * tokens, time.perf_counter() - start

    return round


def prepare(task):
    import llama_cpp
    import numpy

    work = {"prefill": reading, "streams": streams}[task["task"]](task)
    return f"llama.cpp (llama-cpp-python {llama_cpp.__version__})", versions(llama_cpp, numpy), work


serve(prepare)
