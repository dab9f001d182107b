"use strict";

const byId = (id) => document.getElementById(id);

/** Reads the admin API with the session; an error keeps its status. */
async function read(path) {
  const answer = await fetch("/api/v1" + path, { headers: { Accept: "application/json" } });
  if (!answer.ok) {
    const problem = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(problem.detail || "status " + answer.status), { status: answer.status });
  }
  return answer.json();
}

const items = (path) => read(path).then((page) => page.items || []);
const first = (path) => items(path).then((list) => list[0]);
const shorten = (digest) => (digest && digest.length > 24 ? digest.slice(0, 19) + "…" : digest);
const day = (time) => (time ? new Date(time).toLocaleString() : undefined);
const percent = (part, whole) => (whole ? Math.round((100 * part) / whole) + " %" : undefined);

const TONES = {
  COMPLETED: "done", PASS: "done", APPROVED: "done", LIVE: "done", PUBLISHED: "done", DEPLOYED: "done",
  FAILED: "bad", FAIL: "bad", REJECTED: "bad", VOID: "bad", CANCELLED: "bad", INCONCLUSIVE: "bad",
};

/** What a step shows: state, and facts by name; facts without a value are left out. */
function step(title, state, facts) {
  const card = byId("step").content.cloneNode(true);
  const tone = state === undefined ? "none" : TONES[state] || "wait";
  card.querySelector("li").dataset.tone = tone;
  card.querySelector("h3").textContent = title;
  card.querySelector(".state").textContent = state === undefined ? "not yet" : state.toLowerCase();
  for (const [name, value] of Object.entries(facts || {})) {
    if (value !== undefined && value !== null && value !== "") {
      const term = document.createElement("dt");
      const detail = document.createElement("dd");
      term.textContent = name;
      detail.textContent = value;
      card.querySelector("dl").append(term, detail);
    }
  }
  return card;
}

/** One step; what the caller may not see or a service cannot tell is said in its place. */
async function tell(title, load) {
  try {
    const shown = await load();
    return step(title, shown && shown.state, shown && shown.facts);
  } catch (error) {
    const state = error.status === 403 ? "not for your role" : "cannot be read";
    const card = step(title, state, error.status === 403 ? {} : { why: error.message });
    card.querySelector("li").dataset.tone = error.status === 403 ? "none" : "bad";
    return card;
  }
}

const forbidden = (error) => {
  if (error.status === 403) return undefined;
  throw error;
};

/** The newest job, or the winner of its sweep, and what hangs on it, found by ids so that all steps tell of one adaptation. */
async function newest() {
  const latest = await first("/training-jobs?limit=1").catch(forbidden);
  const sweep = latest && latest.sweepId ? await read("/sweeps/" + latest.sweepId) : undefined;
  const job = sweep && sweep.winnerJobId ? await read("/training-jobs/" + sweep.winnerJobId) : latest;
  const made = job
    ? await items("/versions?jobId=" + job.id + "&limit=1")
    : [...(await items("/versions?kind=ADAPTER&limit=1")), ...(await items("/versions?kind=MODEL&limit=1"))];
  const [version] = made.sort((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
  const datasetVersionId = (job && job.datasetVersionId) || (version && version.datasetVersionId);
  return { job, sweep, version, datasetVersionId };
}

/** How many trials of a sweep are in which state. */
function counted(trials) {
  const counts = {};
  for (const trial of trials) counts[trial.state] = (counts[trial.state] || 0) + 1;
  return Object.entries(counts).map(([state, count]) => count + " " + state.toLowerCase()).join(", ");
}

function steps({ job, sweep, version, datasetVersionId }) {
  const ofVersion = (list) => version && list.find((one) => one.versionId === version.id);
  return [
    tell("Documents", async () => {
      const documents = await items("/documents?limit=200");
      const more = documents.length === 200 ? " or more" : "";
      return documents.length
        ? { state: "PUBLISHED", facts: { documents: documents.length + more, newest: documents[0].name } }
        : undefined;
    }),
    tell("Dataset version", async () => {
      if (!datasetVersionId) return undefined;
      const data = await read("/dataset-versions/" + datasetVersionId);
      const counts = data.counts || {};
      return {
        state: data.state,
        facts: { number: data.number, recipe: data.recipe, train: counts.train, test: counts.test, dropped: counts.dropped, digest: shorten(data.digest) },
      };
    }),
    tell("Training job", async () => {
      if (!job) return undefined;
      const progress = job.progress || {};
      return {
        state: job.state,
        facts: {
          name: job.name, method: job.method, step: progress.steps && progress.step + " of " + progress.steps,
          done: percent(progress.step, progress.steps), loss: progress.loss && progress.loss.toFixed(4),
          sweep: sweep && sweep.state.toLowerCase() + ": " + counted(sweep.trials),
          error: job.error && (job.error.cause || job.error.detail || String(job.error)),
        },
      };
    }),
    tell("Evaluation", async () => {
      const run = ofVersion(await items("/evaluations?limit=50"));
      if (!run) return undefined;
      const facts = {};
      for (const score of run.scores || []) {
        facts[score.suite + ", " + score.model] = score.value.toFixed(3) + " (" + score.low.toFixed(3) + "–" + score.high.toFixed(3) + ")";
      }
      return { state: run.verdict || run.state, facts };
    }),
    tell("Approval", async () => {
      const approval = ofVersion(await items("/approvals?limit=50"));
      return approval && { state: approval.state, facts: { proposer: approval.proposer, digest: shorten(approval.artifactDigest) } };
    }),
    tell("Deployment", async () => {
      const deployment = ofVersion(await items("/deployments?limit=50"));
      return deployment && { state: deployment.state || "DEPLOYED", facts: { model: deployment.model, since: day(deployment.deployedAt || deployment.createdAt) } };
    }),
  ];
}

async function models() {
  const deployments = await items("/deployments?limit=50").catch(() => []);
  const names = deployments.filter((one) => !one.state || one.state === "LIVE").map((one) => one.model);
  byId("models").replaceChildren(
    ...(names.length ? names : ["none"]).map((name) => {
      const entry = document.createElement("li");
      entry.textContent = name;
      return entry;
    }),
  );
}

function notice(text) {
  byId("notice").textContent = text;
  byId("notice").hidden = !text;
}

function signedIn(yes) {
  byId("signed-in").hidden = byId("logout").hidden = byId("reload").hidden = !yes;
  byId("login").hidden = yes;
}

async function show() {
  notice("");
  try {
    const me = await read("/me");
    byId("who").textContent = me.subject + " (" + me.roles.join(", ") + "), tenant " + me.tenant;
    signedIn(true);
    byId("road").replaceChildren(...(await Promise.all(steps(await newest()))));
    await models();
    await showMethods();
  } catch (error) {
    if (error.status === 401) {
      byId("who").textContent = "You are not signed in.";
      signedIn(false);
    } else {
      notice("The road cannot be read: " + error.message);
    }
  }
}

async function logout() {
  const cookie = document.cookie.split("; ").find((one) => one.startsWith("XSRF-TOKEN="));
  await fetch("/portal/logout", { method: "POST", headers: { "X-XSRF-TOKEN": cookie ? cookie.split("=")[1] : "" } });
  location.assign("/");
}

byId("logout").addEventListener("click", logout);
byId("reload").addEventListener("click", show);
if (new URLSearchParams(location.search).get("login") === "failed") {
  notice("Signing in did not work; try again.");
}
show();
