"""Decoding and prefill with transformers: one stream, a key-value cache, no sampling."""

import time

from peer import load, serve, timed, versions


def prepare(task):
    import torch
    import transformers

    model = load(task).eval()
    model.generation_config.eos_token_id = None  # nothing ends the answer before its length
    prompt = torch.tensor([task["prompt"]])

    class Times(transformers.generation.streamers.BaseStreamer):
        """The prompt comes first, then one token after another."""

        def __init__(self):
            self.at = []

        def put(self, value):
            self.at.append(time.perf_counter())

        def end(self):
            pass

    def decode():
        times = Times()
        model.generate(
            prompt,
            attention_mask=torch.ones_like(prompt),
            max_new_tokens=task["tokens"] + 1,
            do_sample=False,
            pad_token_id=0,
            streamer=times,
        )
        assert len(times.at) == task["tokens"] + 2, len(times.at)
        return task["tokens"], times.at[-1] - times.at[1]

    def read():
        model(input_ids=prompt, use_cache=True, logits_to_keep=1)

    def prefill():
        seconds = timed(lambda: [read() for _ in range(task["prompts"])])
        return prompt.numel() * task["prompts"], seconds

    work = {"decode": decode, "prefill": prefill}[task["task"]]

    def quietly():
        with torch.inference_mode():
            return work()

    return f"transformers {transformers.__version__}", versions(torch, transformers), quietly


serve(prepare)
