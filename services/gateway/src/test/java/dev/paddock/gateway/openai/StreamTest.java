package dev.paddock.gateway.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.paddock.gateway.world.Callers;
import dev.paddock.gateway.world.GatewayTest;
import dev.paddock.gateway.world.GuardPart;
import dev.paddock.gateway.world.WorkerPart;
import dev.paddock.gateway.world.World;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Windows of four tokens. */
@GatewayTest
class StreamTest {
    private static final String[] SIXTEEN = "a b c d e f g h i j k l m n o p".split(" ");

    @Autowired
    private Callers callers;

    @Autowired
    private JdbcClient jdbc;

    @BeforeEach
    void reset() {
        World.reset();
    }

    @Test
    void tokensLeaveOneByOneUpToDone() {
        World.WORKER.say(SIXTEEN);
        Callers.Reply reply = ask("hello", ",\"stream_options\":{\"include_usage\":true}");
        assertThat(reply.header("Content-Type")).startsWith("text/event-stream");
        List<String> data = data(reply);
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
        List<JsonNode> chunks = chunks(data);
        assertThat(chunks).allSatisfy(chunk -> {
            assertThat(chunk.path("id").asString()).isEqualTo(reply.header("x-paddock-answer"));
            assertThat(chunk.path("object").asString()).isEqualTo("chat.completion.chunk");
        });
        assertThat(chunks.get(0)
                        .path("choices")
                        .path(0)
                        .path("delta")
                        .path("role")
                        .asString())
                .isEqualTo("assistant");
        assertThat(content(chunks)).isEqualTo("abcdefghijklmnop");
        JsonNode finish = chunks.get(chunks.size() - 2).path("choices").path(0);
        assertThat(finish.path("finish_reason").asString()).isEqualTo("stop");
        JsonNode usage = chunks.get(chunks.size() - 1);
        assertThat(usage.path("choices").size()).isZero();
        assertThat(usage.path("usage").path("completion_tokens").asInt()).isEqualTo(16);
        assertThat(World.GUARD.requests()).hasSize(1 + 5);
    }

    @Test
    void nothingOfABlockedWindowLeaves() {
        World.WORKER.say("one", " two", " three", " four", " five", " six", " poison", " eight", " nine");
        Callers.Reply reply = ask("hello", "");
        assertThat(reply.status()).isEqualTo(200);
        List<String> data = data(reply);
        List<JsonNode> chunks = chunks(data);
        assertThat(content(chunks)).isEqualTo("one two three four");
        assertThat(reply.response().body()).doesNotContain("five", "six", "poison", "eight", "nine");
        JsonNode last = chunks.get(chunks.size() - 1).path("choices").path(0);
        assertThat(last.path("finish_reason").asString()).isEqualTo("content_filter");
        assertThat(reply.response().body()).contains("refusal");
        assertThat(data.get(data.size() - 1)).isEqualTo("[DONE]");
        assertThat(reason(reply)).isEqualTo("content_filter");
    }

    @Test
    void theLastWindowIsJudgedToo() {
        World.WORKER.say("one", " two", " three", " four", " poison");
        Callers.Reply reply = ask("hello", "");
        assertThat(content(chunks(data(reply)))).isEqualTo("one two three four");
        assertThat(reply.response().body()).doesNotContain("poison");
    }

    @Test
    void aWordSplitOverWindowsIsJudgedWhole() {
        World.WORKER.say("one", " two", " three", " poi", "son", " six", " seven", " eight", " nine");
        Callers.Reply reply = ask("hello", "");
        assertThat(content(chunks(data(reply)))).isEqualTo("one two three poi");
        assertThat(reply.response().body()).doesNotContain("\"son\"", "six");
    }

    @Test
    void ofSeveralChoicesOnlyTheUnsafeOnesAreWithheld() {
        World.WORKER.say("one", " two");
        Callers.Reply reply = ask("hello", ",\"n\":2");
        List<JsonNode> chunks = chunks(data(reply));
        assertThat(chunks.stream()
                        .filter(chunk ->
                                chunk.path("choices").path(0).path("index").asInt() == 1))
                .isNotEmpty();
        assertThat(content(chunks)).hasSize("one two".length() * 2);
    }

    @Test
    void anUnsafeQuestionIsRefusedAsAStream() {
        Callers.Reply reply = ask("poison please", "");
        List<JsonNode> chunks = chunks(data(reply));
        assertThat(chunks.get(chunks.size() - 1)
                        .path("choices")
                        .path(0)
                        .path("finish_reason")
                        .asString())
                .isEqualTo("content_filter");
        assertThat(World.WORKER.requests()).isEmpty();
    }

    @Test
    void theUsageOfAWithheldQuestionOrAnswerCountsThePrompt() {
        String more = ",\"stream_options\":{\"include_usage\":true}";
        JsonNode question = usage(ask("poison please", more));
        World.WORKER.say("a", " poison", " c", " d", " e");
        JsonNode answer = usage(ask("hello", more));

        assertThat(question.path("prompt_tokens").asInt()).isEqualTo(11);
        assertThat(question.path("total_tokens").asInt()).isEqualTo(11);
        assertThat(answer.path("prompt_tokens").asInt()).isEqualTo(11);
        assertThat(answer.path("completion_tokens").asInt()).isPositive();
    }

    private static JsonNode usage(Callers.Reply reply) {
        List<JsonNode> chunks = chunks(data(reply));
        return chunks.get(chunks.size() - 1).path("usage");
    }

    @Test
    void withoutAVerdictOnTheFirstWindowTheStatusIs503() {
        World.GUARD.be(GuardPart.Mode.FAULTY_ON_ANSWERS);
        Callers.Reply reply = ask("hello", "");
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.json().path("error").path("code").asString()).isEqualTo("no_verdict");
    }

    @Test
    void aGuardThatGoesAwayEndsTheStreamWithAnError() throws Exception {
        World.WORKER.say(SIXTEEN);
        World.WORKER.slowly(Duration.ofMillis(60));
        HttpResponse<InputStream> response = open();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).startsWith("data: ");
            World.GUARD.be(GuardPart.Mode.FAULTY);
            String rest = String.join("\n", lines.lines().toList());
            assertThat(rest).contains("no_verdict").doesNotContain("[DONE]");
            assertThat(rest).doesNotContain("\"p\"");
        }
    }

    @Test
    void aWorkerThatBreaksOffEndsTheStreamWithAnError() {
        World.WORKER.say("one", " two", " three", " four", " five");
        World.WORKER.end(WorkerPart.End.BROKEN_OFF);
        Callers.Reply reply = ask("hello", "");
        assertThat(content(chunks(data(reply).stream()
                        .filter(one -> !one.contains("error"))
                        .toList())))
                .isEqualTo("one two three four");
        assertThat(reply.response().body()).contains("worker_unavailable").doesNotContain("[DONE]", "five");
        assertThat(reason(reply)).isEqualTo("error");
    }

    @Test
    void aWorkerThatFallsSilentEndsTheStreamWithAnError() {
        World.WORKER.say("one", " two", " three", " four", " five");
        World.WORKER.end(WorkerPart.End.SILENCE);
        Callers.Reply reply = ask("hello", "");
        assertThat(reply.response().body()).contains("worker_unavailable").doesNotContain("[DONE]", "five");
        assertThat(reason(reply)).isEqualTo("error");
    }

    @Test
    void aProblemOfTheWorkerKeepsItsName() {
        World.WORKER.say("one", " two", " three", " four", " five");
        World.WORKER.end(WorkerPart.End.PROBLEM);
        Callers.Reply reply = ask("hello", "");
        assertThat(reply.response().body()).contains("worker_request_timeout").doesNotContain("[DONE]", "five");
        assertThat(reason(reply)).isEqualTo("error");
    }

    @Test
    void aChoiceWithoutAnEndIsAnErrorAndNotAShorterAnswer() {
        World.WORKER.say("one", " two", " three", " four", " five");
        World.WORKER.end(WorkerPart.End.DONE_WITHOUT_REASON);
        Callers.Reply reply = ask("hello", "");
        assertThat(reply.response().body()).contains("worker_unavailable").doesNotContain("[DONE]", "five");
        assertThat(reason(reply)).isEqualTo("error");
    }

    @Test
    void aStopStringHidesNoTokenFromTheGuard() {
        World.WORKER.say("one", " two", " poison", " four", " five");
        Callers.Reply reply = ask("hello", ",\"stop\":\" poison\",\"logprobs\":true");
        assertThat(reply.response().body()).contains("content_filter").doesNotContain("poison", "one");
    }

    @Test
    void aHangUpCancelsTheWorker() throws Exception {
        World.WORKER.say("w ".repeat(400).split(" "));
        World.WORKER.slowly(Duration.ofMillis(20));
        HttpResponse<InputStream> response = open();
        String answer = response.headers().firstValue("x-paddock-answer").orElseThrow();
        try (InputStream in = response.body()) {
            assertThat(in.read()).isEqualTo('d');
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> World.WORKER.cancelled() == 1);
        await().atMost(Duration.ofSeconds(5)).until(() -> reason(answer).equals("cancelled"));
    }

    @Test
    void aHangUpCancelsTheWorkerBeforeAnythingHasLeft() throws Exception {
        for (String streamed : List.of("true", "false")) {
            World.reset();
            World.WORKER.say("w ".repeat(400).split(" "));
            World.WORKER.slowly(Duration.ofMillis(500));
            CompletableFuture<HttpResponse<String>> answer =
                    callers.begin(Callers.request(callers.key("tests"), "/v1/chat/completions")
                            .POST(HttpRequest.BodyPublishers.ofString(
                                    body("hello", "").replace("\"stream\":true", "\"stream\":" + streamed))));
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> !World.WORKER.requests().isEmpty());
            answer.cancel(true);
            await().atMost(Duration.ofSeconds(10)).until(() -> World.WORKER.cancelled() == 1);
            assertThat(World.GUARD.requests())
                    .as("verdicts: on what was asked only")
                    .hasSize(1);
        }
    }

    private HttpResponse<InputStream> open() throws Exception {
        return callers.open(Callers.request(callers.key("tests"), "/v1/chat/completions")
                .POST(HttpRequest.BodyPublishers.ofString(body("hello", ""))));
    }

    private Callers.Reply ask(String question, String more) {
        return callers.application("/v1/chat/completions", body(question, more));
    }

    private static String body(String question, String more) {
        return "{\"model\":\"tickets\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + question
                + "\"}]" + more + "}";
    }

    private String reason(Callers.Reply reply) {
        return reason(reply.header("x-paddock-answer"));
    }

    private String reason(String answer) {
        return jdbc.sql("SELECT finish_reason FROM answer WHERE id = :id")
                .param("id", answer)
                .query(String.class)
                .single();
    }

    private static List<String> data(Callers.Reply reply) {
        return reply.response()
                .body()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.substring(6))
                .toList();
    }

    private static List<JsonNode> chunks(List<String> data) {
        return data.stream()
                .filter(line -> !line.equals("[DONE]"))
                .map(line -> new JsonMapper().readTree(line))
                .toList();
    }

    private static String content(List<JsonNode> chunks) {
        StringBuilder text = new StringBuilder();
        chunks.forEach(chunk -> text.append(
                chunk.path("choices").path(0).path("delta").path("content").asString("")));
        return text.toString();
    }
}
