package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import dev.paddock.testkit.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A worker as this service sees it: its calls to the queue. */
final class Worker {
    static final Map<String, Object> ENVIRONMENT = Map.of(
            "threads",
            2,
            "libtorch",
            "2.7.1",
            "processor",
            "Xeon (avx2)",
            "precision",
            "bf16",
            "earlier",
            List.of(Map.of("lastStep", 10, "threads", 4, "processor", "Xeon (avx2)")));

    private final TestApi.As service;
    private final String id;
    private final List<String> methods;
    private @Nullable JsonNode lease;

    Worker(TestApi.As service, String id, String... methods) {
        this.service = service;
        this.id = id;
        this.methods = List.of(methods);
    }

    /** The same worker with the same lease, calling another instance of the service. */
    Worker at(TestApi.As other) {
        Worker same = new Worker(other, id, methods.toArray(String[]::new));
        same.lease = lease;
        return same;
    }

    /** The lease of a job, or null when none waits. */
    @Nullable JsonNode tryClaim() {
        Answer answer = service.post("/internal/v1/leases", Map.of("workerId", id, "methods", methods));
        assertThat(answer.status()).as(answer.text()).isIn(200, 204);
        lease = answer.status() == 204 ? null : answer.json();
        return lease;
    }

    /** The lease of a job that waits; a job that the sweep is just looking at is passed over, so the question is repeated. */
    JsonNode claim() {
        Awaitility.await("a job waits for " + id).atMost(Duration.ofSeconds(10)).until(() -> tryClaim() != null);
        return lease();
    }

    Answer renew(int step) {
        return service.put(
                path(""),
                Map.of(
                        "fencingToken", token(),
                        "progress", progress(step, 1.5),
                        "metrics", List.of(Map.of("step", step, "name", "loss", "value", 1.5)),
                        "logs", List.of("step " + step)));
    }

    private static Map<String, Object> progress(int step, double loss) {
        return Map.of(
                "step",
                step,
                "steps",
                100,
                "loss",
                loss,
                "learningRate",
                0.0002,
                "tokensPerSecond",
                500.0,
                "etaSeconds",
                60,
                "peakMemoryBytes",
                1_000_000);
    }

    /** A renewal under a number of its own, which may be sent again. */
    Answer renewAs(long sequence, int step) {
        Map<String, Object> news = Map.of(
                "fencingToken", token(),
                "sequence", sequence,
                "metrics", List.of(Map.of("step", step, "name", "loss", "value", 1.5)),
                "logs", List.of("step " + step));
        return service.put(path(""), news);
    }

    /** A renewal with one loss for each step. */
    Answer measure(int firstStep, int lastStep) {
        List<?> points = IntStream.rangeClosed(firstStep, lastStep)
                .mapToObj(step -> Map.of("step", step, "name", "loss", "value", 1.5))
                .toList();
        return service.put(path(""), Map.of("fencingToken", token(), "metrics", points, "logs", List.of()));
    }

    /** A renewal that tells of all steps from the first one to {@code upTo}, of 100, with one loss and one gradient norm. */
    void train(int upTo, double loss, double gradientNorm) {
        List<?> points = IntStream.rangeClosed(1, upTo)
                .boxed()
                .flatMap(step -> Stream.of(
                        Map.of("step", step, "name", "loss", "value", loss),
                        Map.of("step", step, "name", "gradient_norm", "value", gradientNorm)))
                .toList();
        Map<String, Object> news =
                Map.of("fencingToken", token(), "progress", progress(upTo, loss), "metrics", points, "logs", List.of());
        Answer answer = service.put(path(""), news);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** A renewal with one value of a metric. */
    void tell(int step, String metric, double value) {
        List<?> points = List.of(Map.of("step", step, "name", metric, "value", value));
        Answer answer = service.put(path(""), Map.of("fencingToken", token(), "metrics", points, "logs", List.of()));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    Answer checkpoint(int step) {
        return checkpoint(step, World.DIGEST);
    }

    Answer checkpoint(int step, String digest) {
        return service.post(path("/checkpoints"), Map.of("fencingToken", token(), "step", step, "digest", digest));
    }

    Answer complete() {
        return complete("adapter");
    }

    Answer complete(String artifactKind) {
        return service.post(
                path("/completion"),
                Map.of(
                        "artifactKind",
                        artifactKind,
                        "fencingToken",
                        token(),
                        "artifactDigest",
                        World.DIGEST,
                        "codeVersion",
                        "test",
                        "environment",
                        ENVIRONMENT,
                        "measurements",
                        Map.of(
                                "finalLoss",
                                0.5,
                                "tokensPerSecond",
                                500.0,
                                "peakMemoryBytes",
                                1_000_000,
                                "seconds",
                                60.0,
                                "tokens",
                                30_000,
                                "steps",
                                100)));
    }

    Answer fail(String code, boolean retryable) {
        return service.post(
                path("/failure"),
                Map.of("fencingToken", token(), "code", code, "cause", "told by a test", "retryable", retryable));
    }

    Answer release() {
        return service.post(path("/release"), Map.of("fencingToken", token()));
    }

    Answer releaseAs(Worker holder, long token) {
        return service.post(holder.path("/release"), Map.of("fencingToken", token));
    }

    Answer log(List<String> lines) {
        return service.put(path(""), Map.of("fencingToken", token(), "metrics", List.of(), "logs", lines));
    }

    long token() {
        return lease().path("fencingToken").asLong();
    }

    private String path(String tail) {
        return "/internal/v1/leases/" + lease().path("jobId").asString() + tail;
    }

    private JsonNode lease() {
        if (lease == null) {
            throw new IllegalStateException(id + " holds no lease");
        }
        return lease;
    }
}
