#!/usr/bin/env python3
"""Orders each run of a plan through the suite's REST API, one after another, and records what came of it.

    ./paddock start && ./paddock model pull
    benchmarks/comparison/compare.py --data FOLDER      # runs what is not recorded yet
    benchmarks/comparison/compare.py --table            # writes docs/method-comparison.md from the records

Python 3.9 or later, standard library only. A run is recorded as one JSON file and not run again while its plan stays the same.
"""

import argparse
import hashlib
import json
import os
import platform
import random
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import preparations
import table
from gateway import Gateway, Refused

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parents[1]
RECORDS = HERE.parent / "results" / "comparison"
HOURS = 3600


class Comparison:
    """A plan on one suite; ``word`` begins it anew on a suite that has run it already."""

    def __init__(self, plan, gateway, data, records, word):
        self.plan = plan
        self.gateway = gateway
        self.data = data
        self.records = records
        self.word = word

    def run_all(self, names):
        """Runs what is wanted, known and not recorded; the names of the runs that failed."""
        failed = []
        for run in self.plan["runs"]:
            if names and run["name"] not in names:
                continue
            planned = self.planned(run)
            lacking = self.lacking(run)
            if self.recorded(run["name"], planned):
                say(run["name"], "is recorded")
            elif lacking:
                say(run["name"], f"skipped: the suite has no {lacking}")
            else:
                try:
                    self.record(run, planned)
                except Refused as refused:
                    failed.append(run["name"])
                    say(run["name"], f"FAILED: {refused}")
        return failed

    def planned(self, run):
        """All that decides a run's result, and by which a record is known to be of this plan."""
        task = {key: value for key, value in self.plan["tasks"][run["task"]].items() if key not in ("title", "says")}
        return {"base": self.plan["base"], "seed": self.plan["seed"], "params": self.plan["params"], "run": run, "task": task}

    def parameters(self, run):
        """Those of the plan that the run's method has, and the run's own."""
        parts = "&".join(f"{part}={run[part]}" for part in ("adapter", "objective") if part in run)
        known = self.gateway.get(f"/api/v1/methods/{run['method']}?{parts}")["parameters"]["properties"]
        return {name: value for name, value in self.plan["params"].items() if name in known} | run.get("params", {})

    def recorded(self, name, planned):
        file = self.records / f"{name}.json"
        return file.exists() and json.loads(file.read_text())["planned"] == planned

    def lacking(self, run):
        """What the suite would need for a run and does not have; empty when it has all."""
        have = {("method", method["id"]) for method in self.gateway.items("/api/v1/methods")}
        have |= {(part["kind"], part["id"]) for part in self.gateway.items("/api/v1/methods/parts")}
        have |= {("suite", suite["id"]) for suite in self.gateway.items("/api/v1/suites")}
        needs = [(kind, run[kind]) for kind in ("method", "adapter", "objective", "suite") if kind in run]
        return ", ".join(f"{kind} {name}" for kind, name in needs if (kind, name) not in have)

    def record(self, run, planned):
        began = time.monotonic()
        dataset = self.dataset(run["task"], planned["task"])
        job = self.train(planned["run"], dataset)
        trained = time.monotonic()
        version, evaluation = self.evaluate(run["name"], job)
        attempts = self.gateway.get(f"/api/v1/training-jobs/{job['id']}/attempts")["items"]
        result = {
            "name": run["name"],
            "planned": planned,
            "order": {key: job[key] for key in ("method", "adapter", "objective", "params", "seed") if job.get(key) is not None},
            "digests": {"base": job["baseDigest"], "dataset": job.get("datasetDigest"), "version": version["digest"]},
            "dataset": {key: dataset[key] for key in ("recipe", "counts")},
            "trainedParameters": self.trained_parameters(job),
            "attempts": len(attempts),
            "measurements": job.get("measurements"),
            "metrics": self.metrics(job),
            "seconds": {
                "training": (job.get("measurements") or {}).get("seconds"),
                "untilEvaluated": round(time.monotonic() - began, 1),
                "evaluation": round(time.monotonic() - trained, 1),
            },
            "verdict": evaluation["verdict"],
            "scores": evaluation["scores"],
            "gates": evaluation["gates"],
            "codeVersion": job.get("codeVersion"),
            "environment": job.get("environment"),
            "machine": machine(),
            "date": datetime.now(timezone.utc).strftime("%Y-%m-%d"),
        }
        self.records.mkdir(parents=True, exist_ok=True)
        (self.records / f"{run['name']}.json").write_text(json.dumps(result, indent=2) + "\n")
        figures = [f"{s['suite']} {s['metric']} {s['model']} {s['value']:.3f}" for s in evaluation["scores"]]
        say(run["name"], f"{result['seconds']['untilEvaluated']:.0f} s; " + ", ".join(figures))

    def dataset(self, name, task):
        """The dataset version of a task; the same one however often it is asked for."""
        key = self.key(name, task)
        prepare = getattr(preparations, task["preparation"])
        form, content = prepare(self.data, random.Random(self.plan["seed"]), **task["settings"])
        described = {"name": f"comparison-{name}-{key[-8:]}", "description": task["source"]}
        path = f"/api/v1/datasets/{self.gateway.post('/api/v1/datasets', 'steward', described, key)['id']}"
        rows = hashlib.sha256(content).hexdigest()[:16]
        upload = self.gateway.upload(f"{path}/uploads?format={form}", "steward", "rows.jsonl", content, f"{key}-{rows}")
        version = {"recipe": "enterprise-docs", "params": {}, "documents": [], "uploads": [upload["id"]], "test": task["test"]}
        return self.gateway.post(f"{path}/versions", "steward", version, key + "-version")

    def train(self, run, dataset):
        versions = self.gateway.items("/api/v1/versions?limit=200")
        bases = [one for one in versions if one["kind"] in ("BASE", "MODEL") and one["name"] == self.plan["base"]]
        if not bases:
            raise Refused(f"no base or trained model named {self.plan['base']}; './paddock model pull' registers a base")
        order = {key: run[key] for key in ("name", "method", "adapter", "objective") if key in run}
        order |= {"params": self.parameters(run), "baseVersionId": bases[0]["id"], "datasetVersionId": dataset["id"], "seed": self.plan["seed"]}
        if "sources" in run:
            order["sources"] = [self.source(source) for source in run["sources"]]
        job = self.gateway.post("/api/v1/training-jobs", "engineer", order, self.key(run["name"], order))
        say(run["name"], f"job {job['id']}, {dataset['counts']['train']} rows, {dataset['counts']['test']} held out")
        path = f"/api/v1/training-jobs/{job['id']}"
        ended = ("COMPLETED", "FAILED", "CANCELLED")
        job = self.gateway.wait(f"the end of job {job['id']}", 2 * HOURS, lambda: self.gateway.get(path), lambda j: j["state"] in ended)
        if job["state"] != "COMPLETED":
            raise Refused(f"job {job['id']} ended as {job['state']}: {job.get('error')}; --run WORD orders it anew")
        return job

    def source(self, source):
        """A version that a recorded run made, with its role or weight."""
        file = self.records / f"{source['run']}.json"
        if not file.exists():
            raise Refused(f"needs the version of {source['run']}, which is not recorded")
        digest = json.loads(file.read_text())["digests"]["version"]
        found = [version for version in self.gateway.items("/api/v1/versions?limit=200") if version["digest"] == digest]
        if not found:
            raise Refused(f"the version {digest} of {source['run']} was made by another suite; remove {file} to make it here")
        return {key: value for key, value in source.items() if key != "run"} | {"versionId": found[0]["id"]}

    def evaluate(self, name, job):
        """The version that a job made and its evaluation, which the suite orders by itself."""
        first = f"/api/v1/versions?jobId={job['id']}"
        version = self.gateway.wait(f"the version of job {job['id']}", 120, lambda: self.gateway.get(first)["items"], len)[0]
        listed = f"/api/v1/evaluations?versionId={version['id']}"
        found = self.gateway.wait(f"an evaluation of version {version['id']}", 60, lambda: self.gateway.get(listed)["items"], len)
        path = f"/api/v1/evaluations/{found[0]['id']}"
        ended = ("COMPLETED", "FAILED")
        evaluation = self.gateway.wait(f"the end of {path}", HOURS, lambda: self.gateway.get(path), lambda e: e["state"] in ended)
        if evaluation["state"] == "FAILED":
            raise Refused(f"the evaluation of {name} failed: {evaluation.get('error')}")
        return version, evaluation

    def trained_parameters(self, job):
        """As the run's log tells it when it begins; nothing where nothing is trained."""
        for entry in self.gateway.items(f"/api/v1/training-jobs/{job['id']}/logs?limit=200"):
            words = entry["line"].split(" steps, ")
            if len(words) == 2 and words[1].endswith(" trained parameters"):
                return int(words[1].split()[0])
        return None

    def metrics(self, job):
        """First and last value of each metric, with their steps."""
        points = {}
        for point in self.gateway.items(f"/api/v1/training-jobs/{job['id']}/metrics?limit=200"):
            points.setdefault(point["name"], []).append((point["step"], point["value"]))
        return {
            name: {"first": dict(zip(("step", "value"), min(seen))), "last": dict(zip(("step", "value"), max(seen)))}
            for name, seen in sorted(points.items())
        }

    def key(self, name, content):
        text = json.dumps([self.word, name, content], sort_keys=True)
        return f"comparison-{name}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def machine():
    """Processor, cores, memory and system, as the results of the benchmarks have them."""
    cpu = platform.processor()
    if os.path.exists("/proc/cpuinfo"):
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            cpu = next((line.split(":", 1)[1].strip() for line in file if line.startswith("model name")), cpu)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {"processor": cpu, "cores": os.cpu_count(), "memoryBytes": memory, "system": f"{platform.system()} {platform.machine()}"}


def say(name, text):
    print(f"{datetime.now():%H:%M:%S}  {name}: {text}", flush=True)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="folder of the public data sets")
    parser.add_argument("--gateway", default=f"http://127.0.0.1:{os.environ.get('PADDOCK_PORT', '8080')}", help="(default %(default)s)")
    parser.add_argument("--paddock", default=str(CHECKOUT / "paddock"), help="the command that gives tokens (default: this checkout's)")
    parser.add_argument("--plan", type=Path, default=HERE / "plan.json")
    parser.add_argument("--records", type=Path, default=RECORDS, help="folder of the recorded runs (default benchmarks/results/comparison)")
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="only these runs of the plan")
    parser.add_argument("--base", help="another base than the plan's")
    parser.add_argument("--run", default="", metavar="WORD", help="another word orders runs anew, in a suite that has them already")
    parser.add_argument("--table", action="store_true", help="write docs/method-comparison.md from the recorded runs, and nothing else")
    return parser.parse_args()


def main():
    asked = arguments()
    plan = json.loads(asked.plan.read_text())
    if asked.table:
        (CHECKOUT / "docs" / "method-comparison.md").write_text(table.page(plan, asked.records))
        return 0
    if asked.data is None:
        print("--data is missing: the folder that has the plan's public data sets", file=sys.stderr)
        return 2
    plan["base"] = asked.base or plan["base"]
    comparison = Comparison(plan, Gateway(asked.gateway, asked.paddock), asked.data, asked.records, asked.run)
    failed = comparison.run_all(asked.only)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
