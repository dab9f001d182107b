package dev.paddock.trainingjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestInfrastructure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Watching a job. */
class StreamStoryTest extends TrainingJobTest {
    @Test
    void aLiveStreamTellsStatesProgressMetricsAndLogsUntilTheEnd() throws Exception {
        world.announce("watched");
        String job = place("watched");
        CompletableFuture<List<String>> told = listen(job, "");
        Worker worker = worker("worker", "watched");
        worker.claim();
        worker.renew(1);
        worker.renew(2);
        worker.complete();

        List<String> lines = told.get(20, TimeUnit.SECONDS);
        assertThat(lines).contains("event:state", "event:progress", "event:metric", "event:log");
        assertThat(lines.stream().filter(line -> line.contains("\"line\":\"step ")))
                .hasSize(2);
        assertThat(lines.stream().filter(line -> line.contains("\"state\":\"COMPLETED\"")))
                .hasSize(1);

        String last = lines.stream()
                .filter(line -> line.startsWith("id:"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(listen(job, last.substring(3)).get(20, TimeUnit.SECONDS))
                .as("a reader who resumes gets nothing twice")
                .doesNotContain("event:log", "event:metric")
                .contains("event:state");
    }

    @Test
    void aReaderWhoComesBackGoesOnAfterTheLastMetricThoughStepsAreRepeated() throws Exception {
        world.announce("resumed");
        String job = place("resumed");
        Worker worker = worker("worker", "resumed");
        worker.claim();
        worker.measure(1, 3);
        worker.release();
        worker.claim();
        worker.measure(2, 1_200);
        worker.complete();

        List<String> all = listen(job, "").get(20, TimeUnit.SECONDS);
        List<Integer> steps = steps(all);
        assertThat(steps).hasSize(3 + 1_199).startsWith(1, 2, 3, 2, 3).endsWith(1_200);
        List<String> ids = metricIds(all);
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.get(1)).startsWith("2.");
        assertThat(ids.get(3)).startsWith("2.");
        for (int seen : new int[] {0, 1, 2, 700, 1_201}) {
            assertThat(steps(listen(job, ids.get(seen)).get(20, TimeUnit.SECONDS)))
                    .as("after " + ids.get(seen))
                    .isEqualTo(steps.subList(seen + 1, steps.size()));
        }
    }

    @Test
    void anIdThatNoEventHasIsRefused() throws Exception {
        world.announce("elsewhere");
        List<String> refusal = listen(place("elsewhere"), "7").get(10, TimeUnit.SECONDS);
        assertThat(String.join("", refusal)).contains("Last-Event-ID", "must be the id of an earlier event");
    }

    private static List<Integer> steps(List<String> events) {
        return data(events).map(metric -> metric.path("step").asInt()).toList();
    }

    private static Stream<JsonNode> data(List<String> events) {
        return IntStream.range(0, events.size() - 2)
                .filter(line -> events.get(line).equals("event:metric"))
                .mapToObj(line ->
                        JsonMapper.shared().readTree(events.get(line + 2).substring("data:".length())));
    }

    private static List<String> metricIds(List<String> events) {
        return IntStream.range(0, events.size() - 2)
                .filter(line -> events.get(line).equals("event:metric"))
                .mapToObj(line -> events.get(line + 1).substring("id:".length()))
                .toList();
    }

    @Test
    void aReaderWhoStallsHoldsUpNobodyElse() throws Exception {
        world.announce("stalled");
        String loud = place("stalled");
        Worker worker = worker("worker", "stalled");
        worker.claim();
        List<String> lines = Collections.nCopies(4_000, "x".repeat(3_900));
        try (Socket reader = new Socket()) {
            reader.setReceiveBufferSize(4_096);
            reader.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), api.port()));
            reader.getOutputStream()
                    .write(
                            "GET /api/v1/training-jobs/%s/events HTTP/1.1\r\nHost: paddock\r\nAuthorization: Bearer %s\r\n\r\n"
                                    .formatted(
                                            loud,
                                            TestInfrastructure.get().tokens().token("engineer"))
                                    .getBytes(StandardCharsets.US_ASCII));
            assertThat(reader.getInputStream().read()).isEqualTo('H');
            assertThat(worker.log(lines).status()).isEqualTo(200);
            Thread.sleep(1_500);

            world.announce("quiet");
            String quiet = place("quiet");
            CompletableFuture<List<String>> told = listen(quiet, "");
            Worker other = worker("other", "quiet");
            other.claim();
            other.complete();
            assertThat(told.get(10, TimeUnit.SECONDS)).anyMatch(line -> line.contains("COMPLETED"));
        }
    }

    @Test
    void metricsAndLogsArePagesOldestFirst() {
        world.announce("measured");
        String job = place("measured");
        Worker worker = worker("worker", "measured");
        worker.claim();
        worker.renew(1);
        worker.renew(2);
        JsonNode page = engineer()
                .get("/api/v1/training-jobs/" + job + "/metrics?limit=1")
                .json();
        assertThat(page.path("items").get(0).path("step").asInt()).isEqualTo(1);
        JsonNode next = engineer()
                .get("/api/v1/training-jobs/" + job + "/metrics?limit=1&cursor="
                        + page.path("next").asString())
                .json();
        assertThat(next.path("items").get(0).path("step").asInt()).isEqualTo(2);
        assertThat(next.path("next").isNull()).isTrue();
        assertThat(engineer()
                        .get("/api/v1/training-jobs/" + job + "/logs")
                        .json()
                        .path("items")
                        .findValuesAsString("line"))
                .containsExactly("attempt 1 started by worker", "step 1", "step 2");
        assertThat(job(job).path("progress").path("step").asInt()).isEqualTo(2);
    }

    private CompletableFuture<List<String>> listen(String job, String lastEventId) {
        String token = TestInfrastructure.get().tokens().token("engineer");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + api.port() + "/api/v1/training-jobs/" + job + "/events"))
                .header("Authorization", "Bearer " + token)
                .header("Last-Event-ID", lastEventId)
                .build();
        return HttpClient.newHttpClient()
                .sendAsync(request, BodyHandlers.ofLines())
                .thenApply(answer -> answer.body().toList());
    }
}
