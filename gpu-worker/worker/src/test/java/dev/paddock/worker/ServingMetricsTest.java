package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What serving measures of itself, as Prometheus reads it. */
class ServingMetricsTest extends WorkerStory {
    private static final int TOKENS = 6;
    private static final String OPERATION = "gen_ai_operation_name=\"text_completion\"";
    private static final String ENDLESS = "\"temperature\":0,\"logitBias\":{\"0\":-100,\"2\":-100}";

    @Test
    void anAnswersTimesAndTokensAreCountedOnce() throws IOException {
        String base = TestModels.base(store, temporary.resolve("measured"), "measured");
        String prompt = "\"prompts\":[\"Hello there, how are you this morning\"]";
        int read = ask(request(base, null, prompt, TOKENS, ""));

        assertThat(metric("gen_ai_server_time_to_first_token_seconds_count", base, OPERATION))
                .isEqualTo(1);
        assertThat(metric("gen_ai_server_time_per_output_token_seconds_count", base, OPERATION))
                .isEqualTo(1);
        assertThat(metric("gen_ai_server_request_duration_seconds_count", base, OPERATION, "error_type=\"none\""))
                .isEqualTo(1);
        assertThat(metric("paddock_request_queue_time_seconds_count", base)).isEqualTo(1);
        assertThat(metric("paddock_inter_token_latency_seconds_count", base)).isEqualTo(TOKENS - 1);
        assertThat(metric("paddock_generation_tokens_total", base)).isEqualTo(TOKENS);
        assertThat(metric("paddock_prompt_tokens_total", base)).isEqualTo(read);
        assertThat(metric("paddock_iteration_requests_count", base)).isEqualTo(TOKENS);
        assertThat(metric("paddock_iteration_tokens_sum", base)).isEqualTo(read + TOKENS - 1);
        assertThat(metric("paddock_prompt_tokens_cached_total", base)).isZero();
        double first = metric("gen_ai_server_time_to_first_token_seconds_sum", base);
        double between = metric("paddock_inter_token_latency_seconds_sum", base);
        assertThat(first).isPositive();
        assertThat(between).isPositive();
        assertThat(metric("gen_ai_server_request_duration_seconds_sum", base))
                .as("an answer's time")
                .isGreaterThanOrEqualTo(first + between);

        ask(request(base, null, prompt, TOKENS, ""));
        assertThat(metric("paddock_prompt_tokens_cached_total", base)).isEqualTo(read - 1);
        assertThat(metric("paddock_num_requests_running", base)).isZero();
        assertThat(metric("paddock_kv_cache_usage", base)).isZero();
    }

    @Test
    void adaptersAndAnswersGivenUpAreSeen() throws Exception {
        String base = TestModels.base(store, temporary.resolve("measured-too"), "measured too");
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 3);
        ask(request(base, adapter, "\"prompts\":[\"Hello\"]", 1, ""));
        assertThat(metric("paddock_loras_loaded", base)).isEqualTo(1);
        stream(request(base, null, "\"prompts\":[\"Hello\"]", 1900, ",\"stream\":true")
                        .replace("\"temperature\":0", ENDLESS))
                .close();
        await(() -> metric("gen_ai_server_request_duration_seconds_count", base, "error_type=\"cancelled\"") == 1);
    }

    @Test
    void onlyThePlatformReadsThem() {
        assertThat(api.as("engineer").get("/actuator/prometheus").status()).isEqualTo(403);
        assertThat(api.anonymous().get("/actuator/prometheus").status()).isEqualTo(401);
    }

    /** Asks greedily, without an end token; answers the prompt's tokens. */
    private int ask(String body) {
        var answer = service().post(COMPLETIONS, body.replace("\"temperature\":0", ENDLESS));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().get("usage").get("promptTokens").asInt();
    }
}
