package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.testkit.OtlpReceiver.ReceivedSpan;
import dev.paddock.worker.metrics.ModelMeters;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a collector is told of requests. */
class RequestSpansTest extends WorkerStory {
    private static final String PARENT = "b7ad6b7169203331";

    @Test
    void aRequestIsASpanOfItsCallersTrace() throws Exception {
        String base = base();
        String adapter = TestModels.adapter(store, temporary.resolve("adapter"), 1);
        ReceivedSpan span = ask(request(base, adapter, "\"prompts\":[\"a secret question\"]", 4, ""));
        assertThat(span.name()).isEqualTo("text_completion " + ModelMeters.shown(base));
        assertThat(span.parentId()).isEqualTo(PARENT);
        assertThat(span.attributes())
                .containsEntry("gen_ai.request.model", ModelMeters.shown(base))
                .containsEntry("paddock.adapter", ModelMeters.shown(adapter))
                .containsEntry("gen_ai.request.temperature", "0.0")
                .containsEntry("gen_ai.request.max_tokens", "4")
                .containsEntry("paddock.tenant", "default")
                .containsKeys(
                        "gen_ai.usage.input_tokens",
                        "gen_ai.usage.output_tokens",
                        "gen_ai.response.finish_reasons",
                        "gen_ai.latency.time_in_queue",
                        "gen_ai.latency.time_to_first_token");
        assertThat(span.attributes().toString()).doesNotContain("secret");
        assertThat(Double.parseDouble(span.attributes().get("gen_ai.latency.time_to_first_token")))
                .isBetween(1e-6, 60.0);
    }

    @Test
    void aStreamIsOneToo() throws Exception {
        ReceivedSpan span = ask(request(base(), null, "\"prompts\":[\"Hello\",\"Hello you\"]", 3, ",\"stream\":true"));
        assertThat(span.error()).isFalse();
        assertThat(span.attributes().get("gen_ai.response.finish_reasons")).matches("\\[\\w+, \\w+]");
    }

    private ReceivedSpan ask(String body) throws IOException, InterruptedException {
        String trace = UUID.randomUUID().toString().replace("-", "");
        assertThat(service()
                        .header("traceparent", "00-" + trace + "-" + PARENT + "-01")
                        .post(COMPLETIONS, body)
                        .status())
                .isEqualTo(200);
        return SPANS.await(sent -> sent.traceId().equals(trace));
    }
}
