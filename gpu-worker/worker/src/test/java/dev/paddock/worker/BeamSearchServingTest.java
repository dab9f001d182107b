package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.TestApi;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** Beam search over HTTP, in a cache of 409 tokens and with more beams than requests may run. */
@TestPropertySource(properties = "paddock.serving.cache-memory=1MB")
class BeamSearchServingTest extends WorkerStory {
    private static final String HELLO = "\"prompts\":[\"Hello there\"]";
    private static final int TOKENS = 12;

    @Test
    void theBestComeFirstAndThePromptIsCountedOnce() throws IOException {
        String base = TestModels.base(store, temporary.resolve("searched"), "searched");
        JsonNode found =
                search(base, null, HELLO, "\"n\":3,\"beams\":{\"bestOf\":5,\"lengthPenalty\":2}", ",\"logprobs\":2");
        List<JsonNode> answers = completions(found);
        assertThat(answers).hasSize(3);
        assertThat(answers).extracting(answer -> answer.get("index").asInt()).containsExactly(0, 1, 2);
        int told = 0;
        double before = 0;
        for (JsonNode answer : answers) {
            JsonNode tokens = answer.get("logprobs");
            double sum = IntStream.range(0, tokens.size())
                    .mapToDouble(i -> tokens.get(i).get("logprob").asDouble())
                    .sum();
            told += tokens.size();
            if (answer.get("finishReason").asString().equals("length")) {
                assertThat(tokens.size()).isEqualTo(TOKENS);
                assertThat(tokens.get(0).get("top").size()).isEqualTo(2);
                assertThat(sum).isLessThanOrEqualTo(before);
                before = sum;
            }
        }
        JsonNode usage = found.get("usage");
        assertThat(usage.get("completionTokens").asInt()).as("end tokens too").isBetween(told, told + 3);
        assertThat(metric("paddock_generation_tokens_total", base))
                .isEqualTo(usage.get("completionTokens").asInt());
        assertThat(metric("paddock_prompt_tokens_total", base))
                .isEqualTo(usage.get("promptTokens").asInt());
        assertThat(metric("gen_ai_server_request_duration_seconds_count", base, "error_type=\"none\""))
                .isEqualTo(1);
        assertThat(metric("paddock_num_requests_running", base)).isZero();
        assertThat(metric("paddock_kv_cache_usage", base)).isZero();
    }

    @Test
    void oneBeamIsTheGreedyAnswer() throws IOException {
        String base = base();
        JsonNode greedy = search(base, null, HELLO, "\"seed\":1", "");
        JsonNode one = search(base, null, HELLO, "\"beams\":{}", "");
        assertThat(one).isEqualTo(greedy);
    }

    @Test
    void everyPromptIsSearchedWithTheAdapterAskedFor() throws IOException {
        String base = base();
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 3);
        String two = "\"prompts\":[\"Hello there\",\"Once upon a time\"]";
        String sampling = "\"n\":2,\"beams\":{\"bestOf\":4,\"earlyStopping\":\"true\"}";
        List<JsonNode> adapted = completions(search(base, adapter, two, sampling, ""));
        List<JsonNode> alone = completions(search(base, adapter, HELLO, sampling, ""));
        List<JsonNode> bare = completions(search(base, null, two, sampling, ""));
        assertThat(adapted).extracting(answer -> answer.get("prompt").asInt()).containsExactly(0, 0, 1, 1);
        assertThat(adapted.subList(0, 2)).isEqualTo(alone);
        assertThat(adapted).isNotEqualTo(bare);
    }

    @Test
    void aConversationIsSearched() throws IOException {
        String body = request(base(), null, "\"messages\":" + messages(), TOKENS, "")
                .replace("\"temperature\":0", "\"n\":2,\"beams\":{}");
        TestApi.Answer answer = service().post("/internal/v1/chat/completions", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().get("completions").size()).isEqualTo(2);
    }

    @Test
    void moreBeamsThanTheCacheHoldsAreRefusedWithTheirNumbers() throws IOException {
        String body = request(base(), null, HELLO, 400, "")
                .replace("\"temperature\":0", "\"temperature\":0,\"beams\":{\"bestOf\":6}");
        TestApi.Answer refused = assertProblem(body, 400, "invalid-request");
        assertThat(refused.json().get("errors").get(0).get("field").asString()).isEqualTo("bestOf");
        assertThat(refused.json().get("detail").asString()).contains("402 tokens", "409");
        assertThat(service().post(COMPLETIONS + "/check", body).status()).isEqualTo(400);
    }

    private JsonNode search(String base, @Nullable String adapter, String input, String sampling, String more) {
        String body = request(base, adapter, input, TOKENS, more)
                .replace("\"temperature\":0", "\"temperature\":0," + sampling);
        TestApi.Answer answer = service().post(COMPLETIONS, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static List<JsonNode> completions(JsonNode response) {
        return response.get("completions").valueStream().toList();
    }
}
