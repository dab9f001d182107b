package dev.paddock.gateway.answer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.contracts.inference.TokenUsage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** The number of series has a bound, whatever is deployed and whoever asks. */
class TokenMetersTest {
    private static final int ASKED = 1_000;

    @Test
    void whatComesAfterTheBoundSharesASeries() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TokenMeters meters = new TokenMeters(registry);
        for (int i = 0; i < ASKED; i++) {
            meters.used("tenant-" + i % 10, "model-" + i, "chat", new TokenUsage(3, 2));
        }
        assertThat(registry.find("gen_ai.client.token.usage").summaries()).hasSize(2 * (TokenMeters.MOST_SERIES + 1));
        assertThat(registry.get("gen_ai.client.token.usage")
                        .tags("gen_ai.request.model", TokenMeters.OTHER, "gen_ai.token.type", "input")
                        .summary()
                        .totalAmount())
                .isEqualTo(3.0 * (ASKED - TokenMeters.MOST_SERIES));
    }
}
