"""The page that shows the recorded runs, as PEFT's method comparison does; everything in it comes from records and plan."""

import json

HEAD = """# Methods compared

Generated from the recorded runs by `benchmarks/comparison/compare.py --table`; do not edit.

Every run went through the public REST API only: rows uploaded, a dataset version published, a job ordered, its version evaluated by
the suite itself. One run of each method with one seed: differences within the intervals (95 %) mean nothing, and no method's
parameters were searched for.

```
./paddock start
./paddock model pull
benchmarks/comparison/compare.py --data FOLDER     # the folder of the public data sets named below; goes on where it was cut short
benchmarks/comparison/compare.py --table
```

* **Score**: on held-out rows, which the seed of the split chooses. The first rows of a table are the untouched base's.
* **Forgetting**: the general suite (four-way questions of general knowledge) before and after. A classifier answers no such questions.
* **Time**: of training alone, from the first step's preparation to the last one. **Memory**: the most that the training worker had resident
  during the run, Java included.
"""

COLUMNS = ("method", "score", "general suite", "trained parameters", "training time", "tokens/s", "peak memory", "its parameters")


def page(plan, folder):
    """The whole page in Markdown."""
    records = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    runs = [(run, records[run["name"]]) for run in plan["runs"] if run["name"] in records]
    parts = [HEAD, conditions(plan, [record for _, record in runs])]
    for name, task in plan["tasks"].items():
        here = [(run, record) for run, record in runs if run["task"] == name]
        if here:
            parts += [section(task, here)]
    absent = [run["name"] for run in plan["runs"] if run["name"] not in records]
    if absent:
        parts.append("Planned and not recorded: " + ", ".join(f"`{name}`" for name in absent) + ".\n")
    return "\n".join(parts)


def conditions(plan, records):
    machines = {f"{m['processor']}, {m['cores']} cores, {m['memoryBytes'] / 2**30:.0f} GiB, {m['system']}" for m in each(records, "machine")}
    dates = sorted(each(records, "date"))
    when = " to ".join(dict.fromkeys([dates[0], dates[-1]])) if dates else "not yet"
    bases = sorted({f"`{record['planned']['base']}` ({record['digests']['base'][:19]}…)" for record in records})
    code = sorted({str(version) for version in each(records, "codeVersion")})
    shared = {settings(record["planned"]["params"]) for record in records}
    return (
        f"Recorded {when} on {'; '.join(sorted(machines))}. Base {', '.join(bases)}; code {', '.join(code)}; seed {plan['seed']}.\n"
        f"Every run, where its method has them: {'; '.join(sorted(shared))}. All other parameters are the defaults.\n"
        "Whole records: `benchmarks/results/comparison/`.\n"
    )


def each(records, field):
    return [record[field] for record in records]


def section(task, runs):
    lines = [f"## {task['title']}\n", f"{task['says']}\n", f"Data: {task['source']}. {rows(runs)}\n", row(COLUMNS), "|" + "---|" * len(COLUMNS)]
    lines += list(dict.fromkeys(base(run, record) for run, record in runs))
    lines += [line(run, record) for run, record in runs]
    return "\n".join(lines) + "\n"


def rows(runs):
    """Size and digest of each dataset version that the runs used."""
    seen = {}
    for _, record in runs:
        seen[record["digests"]["dataset"]] = record
    parts = []
    for digest, record in seen.items():
        counts, test = record["dataset"]["counts"], record["planned"]["task"]["test"]
        settings = json.dumps(record["planned"]["task"]["settings"])
        parts.append(
            f"`{record['planned']['task']['preparation']}` {settings}: {counts['train']} rows to train on, {counts['test']} held out"
            f" (split seed {test['seed']}), `{digest}`"
        )
    return "; ".join(parts) + "."


def base(run, record):
    """The untouched base beside the run."""
    name = run.get("before", "base, asked in the chat for labels" if run.get("suite") == "classification" else "base")
    metric = record["metrics"].get(run.get("metric"))
    first = f"{metric['first']['value']:.2f}" if metric else score(record, "base")
    return row([name, first, "" if "before" in run else general(record, "base")] + [""] * 5)


def line(run, record):
    measured = record["measurements"] or {}
    metric = record["metrics"].get(run.get("metric"))
    trained = record["trainedParameters"]
    return row(
        [
            "**" + label(record) + "**",
            f"{metric['last']['value']:.2f}" if metric else score(record, "candidate") + rewards(record),
            general(record, "candidate"),
            f"{trained:,}" if trained else "none",
            f"{measured['seconds']:.0f} s" if measured.get("seconds") else "",
            f"{measured['tokensPerSecond']:.0f}" if measured.get("tokensPerSecond") else "",
            f"{measured['peakMemoryBytes'] / 2**20:,.0f} MiB" if measured.get("peakMemoryBytes") else "",
            settings(record["planned"]["run"].get("params", {})),
        ]
    )


def row(cells):
    return "| " + " | ".join(cells) + " |"


def label(record):
    """The method, with adapter and objective where they are not its own preset's namesake."""
    order = record["order"]
    others = [order[part] for part in ("adapter", "objective") if order.get(part, "none") not in ("none", order["method"])]
    sources = [source["run"] for source in record["planned"]["run"].get("sources", [])]
    return order["method"] + (f" ({', '.join(others)})" if others else "") + (f" of {' and '.join(sources)}" if sources else "")


def score(record, model):
    found = [s for s in record["scores"] if s["suite"] != "general" and s["model"] == model]
    return "; ".join(figure(s) for s in found) or "not asked"


def rewards(record):
    """How often the run's own objective rewards the chosen answer more, before and after."""
    found = record["metrics"].get("validation_rewards_accuracies")
    return f"; by rewards {100 * found['first']['value']:.1f} → {100 * found['last']['value']:.1f} %" if found else ""


def figure(s):
    name = "" if s["metric"] in ("acc_norm", "exact_match", "accuracy") else s["metric"].replace("_", "-") + " "
    return f"{name}{100 * s['value']:.1f} % ({100 * s['low']:.1f} to {100 * s['high']:.1f})"


def general(record, model):
    """The general suite's score, for a candidate with its difference; and the perplexity of general text where it was measured."""
    scores = {s["model"]: s["value"] for s in record["scores"] if s["suite"] == "general"}
    parts = []
    if model in scores:
        parts.append(f"{100 * scores[model]:.1f} %")
        if model == "candidate":
            parts[0] += f" ({100 * (scores['candidate'] - scores['base']):+.1f})"
    perplexity = record["metrics"].get("general_perplexity")
    if perplexity:
        parts.append(f"perplexity {perplexity['first' if model == 'base' else 'last']['value']:.2f}")
    return ", ".join(parts)


def settings(params):
    return ", ".join(f"`{name}` {value}" for name, value in params.items())
