package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/** A worker that guesses ahead says so in its answers' usage and in its metrics. */
@TestPropertySource(
        properties =
                "paddock.serving.speculative-config={\"method\":\"ngram\",\"prompt_lookup_min\":1,\"num_speculative_tokens\":3}")
class SpeculativeCompletionTest extends WorkerStory {
    @Autowired
    MeterRegistry meters;

    @Test
    void guessesAreCountedWholeAndStreamed() throws Exception {
        String prompts =
                "\"prompts\":[\"one two three one two three one two three one two\",\"cold hot cold hot cold\"]";
        String base = base();
        JsonNode whole = service()
                .post(COMPLETIONS, request(base, null, prompts, 60, ""))
                .json();
        JsonNode guessed = whole.get("usage").get("guessed");
        assertThat(guessed.get("accepted").asInt()).isPositive();
        assertThat(guessed.get("rejected").asInt()).isPositive();
        assertThat(whole.get("usage").get("completionTokens").asInt())
                .isGreaterThan(guessed.get("accepted").asInt());

        List<String> events = lines(request(base, null, prompts, 60, ",\"stream\":true"));
        StringBuilder streamed = new StringBuilder();
        for (String event : events.subList(0, events.size() - 1)) {
            JsonNode chunk = JSON.readTree(event);
            streamed.append(chunk.get("prompt").asInt() == 0 ? chunk.get("text").asString() : "");
        }
        assertThat(streamed)
                .hasToString(whole.get("completions").get(0).get("text").asString());

        assertThat(counted("accepted"))
                .isGreaterThanOrEqualTo(2.0 * guessed.get("accepted").asInt());
        assertThat(counted("rejected")).isPositive();
    }

    private double counted(String outcome) {
        return meters.get("paddock.serving.draft.tokens")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
