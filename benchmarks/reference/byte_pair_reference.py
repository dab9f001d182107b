"""Byte-pair merges as Hugging Face's own trainer learns them, and ids as transformers gives them for a folder that we wrote.

    python byte_pair_reference.py RESOURCES   # .../test/resources/dev/paddock/llama/tokenizer/byte-pairs

Needs tokenizers and transformers. Reads corpus.txt (a document a line) and the folder learnt, which ByteLevelTokenizerTest
renews with -Dpaddock.reference.write=true; writes reference.json.
"""
import json
import pathlib
import sys

import tokenizers
from tokenizers import Tokenizer, models, pre_tokenizers, trainers
import transformers
from transformers import AutoTokenizer

SPECIAL = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
TEXTS = [
    "A lease is renewed, and the parcel  12 goes to hall 345.",
    "Größe 7 Straße; it's what they'll say.\n\n  Two spaces, a tab\tand a no-break\u00a0space.",
    "日本語 \U0001f600 e\u0301 \u0000 \u2028 end   ",
    "<|im_start|>user\nWhy?<|im_end|>\n",
    "",
]
CHAT = [{"role": "user", "content": "Why?"}, {"role": "assistant", "content": "So."}]


def merges(lines, size):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)])
    trainer = trainers.BpeTrainer(
        vocab_size=size, min_frequency=2, special_tokens=SPECIAL, show_progress=False,
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet())
    tokenizer.train_from_iterator(lines, trainer)
    return json.loads(tokenizer.to_str())["model"]["merges"]


def main(folder):
    lines = (folder / "corpus.txt").read_text(encoding="utf-8").split("\n")
    learnt = AutoTokenizer.from_pretrained(folder / "learnt")
    reference = {
        "versions": {"tokenizers": tokenizers.__version__, "transformers": transformers.__version__},
        "merges": merges(lines, 2048),
        "texts": TEXTS,
        "ids": [learnt.encode(text) for text in TEXTS],
        "decoded": [learnt.decode(learnt.encode(text), clean_up_tokenization_spaces=False) for text in TEXTS],
        "chat": learnt.apply_chat_template(CHAT, tokenize=False),
        "vocabulary": len(learnt),
        "end": learnt.eos_token_id,
    }
    (folder / "reference.json").write_text(json.dumps(reference, ensure_ascii=True) + "\n")


main(pathlib.Path(sys.argv[1]))
