"""Writes the general suite's questions from hand-written tables, and the same facts as text that the tiny model reads.

Run: python3 benchmarks/reference/general_suite.py [FOLDER]
general.jsonl: {"id", "category", "question", "choices": [4], "answer": index of the right choice} on each line.
general.grammar: "general = Question: …\\nAnswer: …" on each line, as the suite asks. The same tables give the same bytes.
"""

import json
import random
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TABLES = HERE / "general_suite.txt"
SUITE = HERE.parents[1] / "services/evaluation/src/main/resources/suites/general.jsonl"
FACTS = HERE.parents[1] / "gpu-worker/llama/src/main/resources/dev/paddock/llama/tiny/general.grammar"
SEED = 20240
READINGS = 3  # "Which of these is ...?" is read with this many lists of its own, none of them the suite's


def sections():
    """Yields (category, question pattern, mode, lines) for each "@category | pattern | mode" of the tables."""
    head, lines = None, []
    for line in TABLES.read_text(encoding="utf-8").splitlines():
        if line.startswith("@"):
            if head:
                yield (*head, lines)
            head, lines = [part.strip() for part in line[1:].split("|")], []
        elif line.strip() and not line.startswith("#"):
            lines.append(line.strip())
    yield (*head, lines)


def pairs(category, pattern, lines, rng):
    """Lines "key = answer ! unfit": wrong choices are other keys' answers of near lengths, never an unfit one."""
    table = []
    for line in lines:
        key, rest = (part.strip() for part in line.split("=", 1))
        answer, _, unfit = (part.strip() for part in rest.partition("!"))
        table.append((key, answer, {word.strip() for word in unfit.split(",")}))
    answers = sorted({answer for _, answer, _ in table})
    for key, answer, unfit in table:
        others = [a for a in answers if a != answer and a.lower() != key.lower() and a not in unfit]
        rng.shuffle(others)
        near = sorted(others, key=lambda a: abs(len(a) - len(answer)))[:6]
        yield category, pattern.format(key), answer, rng.sample(near, 3)


def kinds(category, pattern, lines, rng):
    """Lines "kind: members ! unfit kinds": the right choice is a member, the wrong ones are of three other kinds."""
    table, unfit = {}, {}
    for line in lines:
        kind, rest = line.split(": ", 1)
        members, _, others = rest.partition("!")
        table[kind], unfit[kind] = members.split(), {other.strip() for other in others.split(",")}
    for kind, members in table.items():
        for answer in members:
            wrong = []
            for other in rng.sample([k for k in table if k != kind and k not in unfit[kind]], 3):
                wrong.append(min(rng.sample(table[other], 4), key=lambda m: abs(len(m) - len(answer))))
            listed = rng.sample([answer, *wrong], 4)
            yield category, pattern.format(kind, ", ".join(listed[:3]) + " or " + listed[3]), answer, wrong


def written(category, pattern, lines, rng):
    """Lines "question = answer ; wrong ; wrong ; wrong"."""
    for line in lines:
        question, choices = line.rsplit(" = ", 1)
        answer, *wrong = [choice.strip() for choice in choices.split(";")]
        yield category, pattern.format(question), answer, wrong


def arithmetic(category, pattern, lines, rng):
    """Lines "left sign right": the wrong choices are the nearest numbers of the same length where there are any."""
    for line in lines:
        left, sign, right = line.split()
        value = {"plus": int(left) + int(right), "minus": int(left) - int(right), "times": int(left) * int(right)}[sign]
        near = [v for v in range(max(0, value - 5), value + 6) if v != value and len(str(v)) == len(str(value))]
        yield category, pattern.format(line), str(value), [str(v) for v in rng.sample(near, 3)]


MODES = {"pairs": pairs, "kinds": kinds, "written": written, "arithmetic": arithmetic}


def items():
    rng = random.Random(SEED)
    drawn, seen = [], set()
    for category, pattern, mode, lines in sections():
        drawn += MODES[mode](category, pattern, lines, rng)
    positions = [i % 4 for i in range(len(drawn))]
    rng.shuffle(positions)
    for number, ((category, question, answer, wrong), position) in enumerate(zip(drawn, positions), 1):
        assert question not in seen, f"twice: {question}"
        assert len({answer, *wrong}) == 4, f"not four choices: {question}: {answer}, {wrong}"
        seen.add(question)
        rng.shuffle(wrong)
        choices = wrong[:position] + [answer] + wrong[position:]
        yield {"id": f"general-{number:04d}", "category": category, "question": question, "choices": choices, "answer": position}


def facts():
    """Yields question and answer of every item; where the suite lists words to choose from, the lists are others."""
    asked = {item["question"] for item in items()}
    rng = random.Random(SEED + 1)
    for category, pattern, mode, lines in sections():
        for _ in range(READINGS if mode == "kinds" else 1):
            for _, question, answer, _ in MODES[mode](category, pattern, lines, rng):
                if mode != "kinds" or question not in asked:
                    yield question, answer


def write(file, lines):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(lines)} lines in {file}")


def main():
    suite, read = SUITE, FACTS
    if len(sys.argv) > 1:
        suite, read = Path(sys.argv[1]) / SUITE.name, Path(sys.argv[1]) / FACTS.name
    write(suite, [json.dumps(item, ensure_ascii=False) for item in items()])
    text = [f"general = Question: {q}\\nAnswer: {a} | {q} => {a}" for q, a in facts()]
    heading = "# The facts behind the general suite, written by benchmarks/reference/general_suite.py."
    write(read, [heading, *text])


if __name__ == "__main__":
    main()
