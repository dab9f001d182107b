"""Rows of public data sets: each function takes the data's folder, a random generator and the plan's settings, and gives an upload.

An upload is the rows' format, as the suite names it, and their bytes, a JSON object a line.
"""

import csv
import gzip
import json


def banking77(folder, random, intents, rows):
    """Questions to a bank with one of so many intents, so many rows of each."""
    questions = {}
    with open(folder / "enterprise/banking77/train.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            questions.setdefault(row["category"], set()).add(row["text"].strip())
    return intents_of(questions, random, "Name the intent of the question to the bank.", intents, rows)


def clinc150(folder, random, intents, rows):
    """Commands to an assistant with one of so many intents of ten domains, so many rows of each."""
    commands = {}
    with gzip.open(folder / "enterprise/clinc150/train_val.json.gz", "rt", encoding="utf-8") as file:
        for text, intent in json.load(file)["train"]:
            commands.setdefault(intent, set()).add(text.strip())
    return intents_of(commands, random, "Name the intent of the command to the assistant.", intents, rows)


def intents_of(sentences, random, system, intents, rows):
    """Drawn sentences of drawn intents, answered with the intent's name."""
    made = []
    for intent in sorted(random.sample(sorted(sentences), intents)):
        for sentence in random.sample(sorted(sentences[intent]), rows):
            made.append({"messages": [turn("system", system), turn("user", sentence), turn("assistant", intent)]})
    return lines("messages", made)


def nlupp_slots(folder, random, slotted, plain):
    """Sentences to a bank with spans of slots, and some without any."""
    with open(folder / "enterprise/nlupp/banking.jsonl", encoding="utf-8") as file:
        read = {row["text"]: row for row in map(json.loads, file)}
    sentences = [row for _, row in sorted(read.items()) if apart(row)]
    with_slots = random.sample([row for row in sentences if row.get("slots")], slotted)
    without = random.sample([row for row in sentences if not row.get("slots")], plain)
    made = []
    for row in with_slots + without:
        spans = [
            {"start": slot["span"][0], "end": slot["span"][1], "label": label} for label, slot in row.get("slots", {}).items()
        ]
        made.append({"messages": [turn("user", row["text"])], "spans": spans})
    return lines("spans", made)


def apart(row):
    """Whether no slots of a sentence overlap, and each is what its span says."""
    end = 0
    for slot in sorted(row.get("slots", {}).values(), key=lambda slot: slot["span"]):
        start, stop = slot["span"]
        if start < end or row["text"][start:stop] != slot["text"]:
            return False
        end = stop
    return True


def amazon_google(folder, random, pairs):
    """As many pairs of product records that match as pairs that do not."""
    with gzip.open(folder / "enterprise/em_structured_amazon-google/train.txt.gz", "rt", encoding="utf-8") as file:
        read = sorted({tuple(line.rstrip("\n").split("\t")) for line in file})
    made = []
    for label, answer in (("1", "match"), ("0", "other")):
        for one, another, _ in random.sample([row for row in read if row[2] == label], pairs // 2):
            question = f"A: {record(one)}\nB: {record(another)}\nDo A and B describe the same product?"
            system = "Compare two records. Answer match or other."
            messages = [turn("system", system), turn("user", question), turn("assistant", answer)]
            made.append({"messages": messages, "choices": ["match", "other"]})
    return lines("messages", made)


def record(text):
    """``COL title VAL x COL price VAL y`` as ``title x; price y``."""
    fields = (field.split(" VAL", 1) for field in text.split("COL ")[1:])
    return "; ".join(f"{name} {value.strip()}" for name, value in fields if value.strip())


def harmless_pairs(folder, random, pairs):
    """Dialogues with a chosen and a rejected last answer; among both, the likelier one is looked for."""
    made = []
    for prompt, chosen, rejected in harmless(folder, random, pairs):
        choices = random.sample([chosen, rejected], 2)
        made.append({"prompt": prompt, "chosen": chosen, "rejected": rejected, "choices": choices})
    return lines("preference", made)


def harmless_judged(folder, random, pairs):
    """The same dialogues, each answer by itself as a good or a bad one."""
    made = []
    for prompt, chosen, rejected in harmless(folder, random, pairs):
        choices = random.sample([chosen, rejected], 2)
        for answer, good in ((chosen, True), (rejected, False)):
            made.append({"messages": prompt + [turn("assistant", answer)], "choices": choices, "label": good})
    return lines("messages", made)


def harmless(folder, random, pairs):
    """Short pairs of hh-rlhf's harmless-base that differ in nothing but the last answer."""
    found = {}
    with gzip.open(folder / "moderation/hh_harmless_base/test.jsonl.gz", "rt", encoding="utf-8") as file:
        for pair in map(json.loads, file):
            before, chosen = last(pair["chosen"])
            other, rejected = last(pair["rejected"])
            longest = max(len(chosen), len(rejected))
            if before == other and chosen and rejected and chosen != rejected and longest <= 300 and len(before) + longest <= 500:
                found.setdefault(before, (dialogue(before), chosen, rejected))
    usable = [row for _, row in sorted(found.items()) if all(said["content"] for said in row[0])]
    return random.sample(usable, pairs)


def last(text):
    before, _, answer = text.rpartition("\n\nAssistant:")
    return before, answer.strip()


def dialogue(text):
    """``Human: …`` and ``Assistant: …`` as turns."""
    turns = []
    for part in text.split("\n\nHuman:")[1:]:
        human, *answers = part.split("\n\nAssistant:")
        turns.append(turn("user", human.strip()))
        turns += [turn("assistant", answer.strip()) for answer in answers]
    return turns


def technical_documentation(folder, random, projects, characters, general):
    """Whole documents of the projects, so many characters in all, and so many of passages of general knowledge to replay."""
    documents = []
    for project in projects:
        with open(folder / f"corpora/tech_docs/{project}.jsonl", encoding="utf-8") as file:
            documents += [row["text"].strip() for row in map(json.loads, file)]
    path = folder / "enterprise/mobileaibench_tasks/databricks_dolly_15k.csv.gz"
    with gzip.open(path, "rt", newline="", encoding="utf-8") as file:
        passages = sorted({row["context"].strip() for row in csv.DictReader(file) if len(row["context"]) > 500})
    made = [{"text": text} for text in drawn(random, documents, characters)]
    return lines("text", made + [{"text": text, "source": "general"} for text in drawn(random, passages, general)])


def tiny_stories(folder, random, characters):
    """Short stories for children, so many characters in all."""
    with gzip.open(folder / "corpora/tinystories_2mb/tinystories_sample.txt.gz", "rt", encoding="utf-8") as file:
        stories = sorted({story.strip() for story in file.read().split("<|endoftext|>") if story.strip()})
    return lines("text", [{"text": story} for story in drawn(random, stories, characters)])


def drawn(random, texts, characters):
    """Texts in a drawn order, as many as together have no more than so many characters."""
    kept, total = [], 0
    for text in random.sample(texts, len(texts)):
        if total + len(text) <= characters:
            total += len(text)
            kept.append(text)
    return kept


def turn(role, content):
    return {"role": role, "content": content}


def lines(form, rows):
    """An upload of rows."""
    return form, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
