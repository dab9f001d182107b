package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Mistakes, strangers and too much at once are refused, and the worker goes on. */
class RefusalTest extends WorkerStory {
    @Test
    void mistakesAreProblemsWithTheirWayOut() throws IOException {
        String base = base();
        String hello = "\"prompts\":[\"Hello\"]";
        assertProblem(request(TestModels.unknown(), null, hello, 1, ""), 404, "unknown-artifact");
        assertProblem(request(base, TestModels.unknown(), hello, 1, ""), 404, "unknown-artifact");
        assertProblem(request("latest", null, hello, 1, ""), 400, "invalid-request");
        String truncated = TestModels.truncated(store, temporary.resolve("truncated"));
        assertProblem(request(truncated, null, hello, 1, ""), 422, "malformed-artifact");
        assertProblem(request(base, base, hello, 1, ""), 422, "malformed-artifact");
        String longPrompt = "\"prompts\":[\"" + "Hello there. ".repeat(2000) + "\"]";
        TestApi.Answer tooLong = assertProblem(request(base, null, longPrompt, 1, ""), 422, "context-length-exceeded");
        assertThat(tooLong.text()).contains("2048");
        TestApi.Answer checked = service().post(COMPLETIONS + "/check", request(base, null, longPrompt, 1, ""));
        assertThat(checked.status()).isEqualTo(422);
        assertThat(checked.json().get("code").asString()).isEqualTo("context-length-exceeded");
        assertProblem(request(base, null, "\"prompts\":[]", 1, ""), 400, "invalid-request");
        assertProblem(request(base, null, hello, -1, ""), 400, "invalid-request");
        assertProblem(request(base, null, hello, 1, ",\"logprobs\":21"), 400, "invalid-request");
        assertProblem(
                request(base, null, hello, 1, "").replace("\"temperature\":0", "\"temperature\":9"),
                400,
                "invalid-request");
        assertThat(service()
                        .post(COMPLETIONS, request(base, null, hello, 1, ""))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aCallerWhoDoesNotWaitForAWholeAnswerEndsIt() throws IOException {
        String base = TestModels.base(store, temporary.resolve("left"), "left");
        service().post(COMPLETIONS, request(base, null, "\"prompts\":[\"Hello\"]", 1, ""));
        double before = metric("paddock_generation_tokens_total", base);
        String endless = request(base, null, "\"prompts\":[\"Hello\"]", 1900, "")
                .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}");
        CompletableFuture<HttpResponse<String>> answer =
                HttpClient.newHttpClient().sendAsync(post(endless), HttpResponse.BodyHandlers.ofString());
        await(() -> busy() == 1);
        answer.cancel(true);
        await(() -> busy() == 0);
        assertThat(metric("paddock_generation_tokens_total", base) - before).isBetween(0.0, 1000.0);
    }

    @Test
    void onlyServicesGetIn() throws IOException {
        String body = request(base(), null, "\"prompts\":[\"Hello\"]", 1, "");
        assertThat(api.anonymous().post(COMPLETIONS, body).status()).isEqualTo(401);
        for (String role : List.of("steward", "engineer", "approver", "safety", "platform", "auditor")) {
            assertThat(api.as(role).post(COMPLETIONS, body).status()).as(role).isEqualTo(403);
        }
        assertThat(api.anonymous().get("/actuator/health").status()).isEqualTo(200);
    }

    @Test
    void aFullQueueIsRefusedAndCallersThatGoAreNoticed() throws Exception {
        String base = base();
        String endless = request(base, null, "\"prompts\":[\"Hello\"]", 1900, ",\"stream\":true")
                .replace("\"temperature\":0", "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}");
        service().post(COMPLETIONS, request(base, null, "\"prompts\":[\"Hello\"]", 1, ""));
        List<InputStream> open = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            open.add(stream(endless));
            int expected = i + 1;
            await(() -> busy() >= expected);
        }
        TestApi.Answer refused = service().post(COMPLETIONS, endless);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isEqualTo("1");
        assertThat(refused.json().get("code").asString()).isEqualTo("queue-full");
        assertThat(metric("paddock_requests_refused_total", base)).isPositive();
        assertThat(metric("paddock_num_requests_running", base)).isEqualTo(2);
        assertThat(metric("paddock_num_requests_waiting", base)).isEqualTo(2);
        assertThat(metric("paddock_kv_cache_usage", base)).isBetween(0.0, 1.0).isPositive();
        String verdict = request(base, null, "\"prompts\":[\"Hello\"]", 1, ",\"priority\":1");
        assertThat(service().post(COMPLETIONS, verdict).status())
                .as("a verdict while the queue is full")
                .isEqualTo(200);
        for (InputStream stream : open) {
            stream.close();
        }
        await(() -> busy() == 0);
    }
}
