package dev.paddock.guard.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.TokenLogprob;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class FirstTokenTest {
    @Test
    void theScoreIsUnsafesShareOfBoth() {
        assertThat(FirstToken.score(first(Map.of(" safe", 0.6, " unsafe", 0.2, " the", 0.2))))
                .isCloseTo(0.25, within(1e-12));
    }

    @Test
    void everyBeginningOfAWordCounts() {
        assertThat(FirstToken.score(first(Map.of("s", 0.1, " Safe", 0.2, " un", 0.3, "uns", 0.4))))
                .isCloseTo(0.7, within(1e-12));
    }

    @Test
    void aModelThatSaysSomethingElseGivesNoVerdict() {
        assertThatThrownBy(() -> FirstToken.score(first(Map.of(" the", 0.6, " safe", 0.4))))
                .hasMessageContaining("safe with 0.400");
        assertThatThrownBy(() -> FirstToken.score(first(Map.of(" safe", Double.NaN)))).isNotNull();
        assertThatThrownBy(() -> FirstToken.score(new Completion(0, 0, "", "stop", List.of())))
                .isNotNull();
    }

    private static Completion first(Map<String, Double> probabilities) {
        Map<String, Double> top = probabilities.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> Math.log(entry.getValue())));
        return new Completion(0, 0, "", "length", List.of(new TokenLogprob(0, "?", null, 0, top)));
    }
}
