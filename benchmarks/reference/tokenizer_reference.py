"""Expected token ids of the default base, by the `tokenizers` library with Digits(individual) before ByteLevel.

    python tokenizer_reference.py SmolLM2-135M-Instruct.Q4_1.gguf OUT.json.gz

Needs `gguf` and `tokenizers`. Writes [{"text", "ids", "ordinary", "decoded"}…]: `ids` with special tokens
read, `ordinary` without (where different), `decoded` from `ids` (where it is not the text).
"""

import gzip
import json
import random
import sys

import gguf
from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers

HAND = [
    "", " ", "  ", "   ", "\t", "\n", "\n\n", "\r\n", "a  1984", "Hello world", " Hello world", "Hello, y'all! It's 3.14",
    "0123456789", "٠١٢٣٤٥٦٧٨٩", "１２３", "½ ¼ ²", "Ⅷ Ⅻ", "ied 4 ½ months", "Führer", "naïve café", "e\u0301 vs é",
    "🚀 (normal) 😶‍🌫️ (joined) ✅", "👩‍👩‍👧‍👦 🏳️‍🌈 🇩🇪 👍🏽", "我想在apple工作1314151天～", "日本語のテキスト、カタカナとひらがな。", "한국어 문장입니다.",
    "нещо на Български", "Ελληνικά", "עברית", "العربية", "हिन्दी", "ไทย", "កាន់តែពិសេស", "Việt Nam", "Þórr ß ſ",
    "def f(x):\n    return x ** 2  # square\n", "for (int i = 0; i < 10; i++) {\n\tsum += a[i];\n}", "SELECT * FROM t WHERE id = 42;",
    "<div class=\"x\">&amp;</div>", "{\"key\": [1, 2.5, null]}", "\u0000\u0001\u0002\u001f\u007f", "\u200b\u200d\ufeff\u00a0\u2028\u3000",
    "a\u0000b", "\ufffd", "\U0010ffff", "\ue000", "x" * 200, " " * 64, "\n" * 33, "1" * 50, "!?" * 30, "''''''```````\"\"\"\"......!!!!!!??????",
    "I've been 'told he's there, 'RE you sure? 'M not sure I'll make it, 'D you like some tea? We'Ve a'lL",
    "<|im_start|>user\nHi<|im_end|>\n", "<|im_start|>", "text<|endoftext|>text", "<|im_start|", "<|IM_START|>", "<repo_name>x<file_sep>y", "<|im_end|> <|im_end|>",
]
SCRIPTS = [(0x20, 0x7E), (0x20, 0x7E), (0x30, 0x39), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x590, 0x5FF), (0x600, 0x6FF), (0x900, 0x97F),
           (0xE00, 0xE7F), (0x1100, 0x11FF), (0x2000, 0x206F), (0x2190, 0x27BF), (0x3040, 0x30FF), (0x4E00, 0x9FFF), (0xAC00, 0xD7A3),
           (0xFE00, 0xFE0F), (0x1F300, 0x1FAFF), (0x0, 0x1F), (0x20000, 0x2A6DF)]
WORDS = "the ticket invoice Müller 2026 router's don't  \n\t 0x7f == -> (a+b) 99.95€ co-op WARN README.md https://example.org/a?b=c #1 @team".split(" ")


def strings(count, seed=20261123):
    chance = random.Random(seed)
    made = list(HAND)
    while len(made) < count:
        kind = chance.randrange(3)
        if kind == 0:
            low, high = chance.choice(SCRIPTS)
            made.append("".join(chr(chance.randint(low, high)) for _ in range(chance.randint(1, 30))))
        elif kind == 1:
            made.append("".join(chr(chance.randint(*chance.choice(SCRIPTS))) for _ in range(chance.randint(1, 30))))
        else:
            made.append(chance.choice([" ", "  ", "", "\n"]).join(chance.choice(WORDS) for _ in range(chance.randint(1, 12))))
    return made


def tokenizer(reader, special):
    field = lambda name: reader.fields["tokenizer.ggml." + name].contents()
    tokens, types = field("tokens"), field("token_type")
    merges = [tuple(merge.split(" ", 1)) for merge in field("merges")]
    made = Tokenizer(models.BPE({token: i for i, token in enumerate(tokens)}, merges))
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True)])
    made.decoder = decoders.ByteLevel()
    if special:
        made.add_special_tokens([AddedToken(t, special=True, normalized=False) for t, k in zip(tokens, types) if k == 3])
    return made


def main(source, target):
    reader = gguf.GGUFReader(source)
    parsing, ordinary = tokenizer(reader, True), tokenizer(reader, False)
    rows = []
    for text in strings(700):
        ids, plain = parsing.encode(text).ids, ordinary.encode(text).ids
        row = {"text": text, "ids": ids}
        if plain != ids:
            row["ordinary"] = plain
        # the vocabulary has no token for some bytes, which are lost without a word
        decoded = parsing.decode(ids, skip_special_tokens=False)
        if decoded != text:
            row["decoded"] = decoded
        rows.append(row)
    data = json.dumps(rows, ensure_ascii=True, separators=(",", ":")).encode()
    with open(target, "wb") as file, gzip.GzipFile("", "wb", 9, file, mtime=0) as packed:
        packed.write(data)


if __name__ == "__main__":
    main(*sys.argv[1:])
