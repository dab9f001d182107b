package dev.paddock.local.demo;

import dev.paddock.local.client.RestApi;
import dev.paddock.local.home.UserError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/**
 * One adaptation through the public API, as the people of a company would do it. Every creation carries an idempotency
 * key of this run, so a demonstration that was cut short goes on where it was and makes nothing twice.
 */
public final class Demo {
    static final String MODEL = "harrow-pike-support";
    private static final Duration POLL = Duration.ofMillis(500);

    private final String run;
    private final Function<String, RestApi> as;
    private final DemoScreen screen;
    private final DemoMaterial material;
    private final DemoPlan plan;
    private final DemoReport report = new DemoReport();

    /** The base that is adapted and the bar that the adapted model must reach. */
    public record DemoPlan(
            String baseVersionId,
            String baseName,
            String baseDigest,
            Map<String, Object> parameters,
            double accuracyBar) {}

    public Demo(String run, Function<String, RestApi> as, DemoScreen screen, DemoMaterial material, DemoPlan plan) {
        this.run = run;
        this.as = as;
        this.screen = screen;
        this.material = material;
        this.plan = plan;
    }

    public DemoReport report() {
        return report;
    }

    /** Records how long the suite took to start. */
    public void startTook(double seconds) {
        report.stage("start", seconds);
    }

    /** Records what ran: versions of the suite, Java and platform. */
    public void versions() {
        report.part("versions")
                .put("paddock", "0.1.0")
                .put("java", Runtime.version().toString())
                .put("platform", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    }

    /** Uploads documents and rows, and publishes a dataset version. */
    public JsonNode publish() {
        return stage("dataset", () -> {
            RestApi steward = as.apply("steward");
            List<String> documents = material.documents().stream()
                    .map(file -> steward.upload(
                                    "/api/v1/documents", file.name(), file.bytes(), key("document-" + file.name()))
                            .path("id")
                            .asString())
                    .toList();
            String dataset = steward.post(
                            "/api/v1/datasets",
                            Map.of("name", "harrow-pike-" + run, "description", "handbook and routed tickets"),
                            key("dataset"))
                    .path("id")
                    .asString();
            List<JsonNode> uploads = material.rows().stream()
                    .map(file -> steward.upload(
                            "/api/v1/datasets/" + dataset + "/uploads?format=messages",
                            file.name(),
                            file.bytes(),
                            key("rows-" + file.name())))
                    .toList();
            JsonNode version = steward.post(
                    "/api/v1/datasets/" + dataset + "/versions",
                    Map.of(
                            "recipe",
                            "enterprise-docs",
                            "params",
                            Map.of(),
                            "documents",
                            documents,
                            "uploads",
                            uploads.stream()
                                    .map(upload -> upload.path("id").asString())
                                    .toList(),
                            "test",
                            Map.of("share", 0.15, "seed", 7)),
                    key("dataset-version"));
            JsonNode counts = version.path("counts");
            screen.line("  " + documents.size() + " documents"
                    + IntStream.range(0, uploads.size())
                            .mapToObj(i -> ", " + uploads.get(i).path("rows").asInt() + " rows of "
                                    + material.rows().get(i).name())
                            .collect(Collectors.joining())
                    + " → "
                    + counts.path("train").asInt() + " rows to train on, "
                    + counts.path("test").asInt() + " held out, "
                    + counts.path("dropped").asInt() + " dropped");
            screen.line("  dataset version " + version.path("digest").asString());
            return version;
        });
    }

    /** Orders the training and watches it. */
    public JsonNode train(String datasetVersionId) {
        return stage("training", () -> {
            RestApi engineer = as.apply("engineer");
            Map<String, Object> order = new LinkedHashMap<>();
            order.put("name", MODEL);
            order.put("method", "lora");
            order.put("params", plan.parameters());
            order.put("baseVersionId", plan.baseVersionId());
            order.put("datasetVersionId", datasetVersionId);
            order.put("seed", 42);
            String id = engineer.post("/api/v1/training-jobs", order, key("training-job"))
                    .path("id")
                    .asString();
            JsonNode job = await(
                    "training job " + id,
                    Duration.ofMinutes(60),
                    () -> engineer.get("/api/v1/training-jobs/" + id),
                    this::showProgress);
            JsonNode progress = job.path("progress");
            report.part("training")
                    .put("tokensPerSecond", progress.path("tokensPerSecond").asDouble())
                    .put("peakMemoryBytes", progress.path("peakMemoryBytes").asLong());
            return job;
        });
    }

    private boolean showProgress(JsonNode job) {
        JsonNode progress = job.path("progress");
        String state = job.path("state").asString();
        screen.progress(
                progress.path("step").asLong(),
                progress.path("steps").asLong(),
                String.format(
                        Locale.ROOT,
                        "loss %.3f  %.0f tokens/s  %d s left",
                        progress.path("loss").asDouble(),
                        progress.path("tokensPerSecond").asDouble(),
                        progress.path("etaSeconds").asLong()));
        if (state.equals("FAILED") || state.equals("CANCELLED")) {
            throw new UserError("the training job ended as " + state + ": "
                    + job.path("error").toString() + "; 'paddock demo --fresh' begins a new run");
        }
        return state.equals("COMPLETED");
    }

    /** Waits for the version that the job made, for its evaluation beside the base and for the registry to know of it. */
    public JsonNode evaluate(String jobId) {
        return stage("evaluation", () -> {
            RestApi engineer = as.apply("engineer");
            JsonNode version = await(
                    "the version of job " + jobId,
                    Duration.ofMinutes(2),
                    () -> first(engineer.get("/api/v1/versions?jobId=" + jobId)),
                    candidate -> candidate.path("jobId").asString("").equals(jobId));
            String versionId = version.path("id").asString();
            JsonNode evaluation = await(
                    "the evaluation of version " + versionId,
                    Duration.ofMinutes(30),
                    () -> first(engineer.get("/api/v1/evaluations?versionId=" + versionId)),
                    this::showEvaluation);
            String evaluationId = evaluation.path("id").asString();
            await(
                    "the record of evaluation " + evaluationId + " with version " + versionId,
                    Duration.ofMinutes(2),
                    () -> engineer.get("/api/v1/versions/" + versionId),
                    recorded -> recorded.path("evaluationId").asString("").equals(evaluationId));
            Scores.report(evaluation, plan, report, screen);
            return evaluation;
        });
    }

    private boolean showEvaluation(JsonNode evaluation) {
        screen.progress(
                evaluation.path("progress").path("done").asLong(),
                evaluation.path("progress").path("total").asLong(),
                "items scored");
        if (evaluation.path("state").asString().equals("FAILED")) {
            throw new UserError("the evaluation failed: "
                    + evaluation.path("error").toString() + "; 'paddock demo --fresh' begins a new run");
        }
        return evaluation.path("state").asString().equals("COMPLETED");
    }

    /** The engineer proposes and is refused as approver; the approver approves. */
    public void approve(String versionId) {
        stage("approval", () -> new FourEyes(this, as, screen).approve(versionId));
    }

    /** Deploys the approved version under the demonstration's model name. */
    public void deploy(String versionId) {
        stage("deployment", () -> new Rollout(this, as.apply("engineer")).deploy(versionId));
    }

    <T> T await(String what, Duration limit, Supplier<T> look, Predicate<T> done) {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end) {
            T seen = look.get();
            if (done.test(seen)) {
                return seen;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(POLL.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError("interrupted; 'paddock demo' goes on where it was", e);
            }
        }
        throw new UserError(
                what + " did not end within " + limit.toMinutes() + " minutes; 'paddock status' and the logs say more");
    }

    static JsonNode first(JsonNode page) {
        return page.path("items").path(0);
    }

    String key(String step) {
        return "demo-" + run + "-" + step;
    }

    <T> T stage(String name, Supplier<T> work) {
        screen.stage(name);
        long begin = System.nanoTime();
        T result = work.get();
        double seconds = (System.nanoTime() - begin) / 1e9;
        report.stage(name, seconds);
        screen.done(name, seconds);
        return result;
    }
}
