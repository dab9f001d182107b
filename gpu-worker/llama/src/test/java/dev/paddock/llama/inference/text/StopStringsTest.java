package dev.paddock.llama.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class StopStringsTest {
    @Test
    void nothingOfAStopStringLeavesThatComesInPieces() {
        StopStrings stops = new StopStrings(List.of("\n\nUser:"));
        assertThat(stops.append("Hello.\n")).isEqualTo("Hello.");
        assertThat(stops.append("\nUs")).isEmpty();
        assertThat(stops.append("er: more")).isEmpty();
        assertThat(stops.stopped()).isTrue();
        assertThat(stops.append("never") + stops.finish()).isEmpty();
    }

    @Test
    void whatOnlyLookedLikeAStopStringLeavesLater() {
        StopStrings stops = new StopStrings(List.of("END"));
        assertThat(stops.append("the EN")).isEqualTo("the ");
        assertThat(stops.append("EN")).isEqualTo("EN");
        assertThat(stops.finish()).isEqualTo("EN");
        assertThat(stops.stopped()).isFalse();
    }

    @Test
    void anyCutGivesTheTextBeforeTheFirstStopString() {
        String text = "abab abc abd ababc rest";
        List<String> stop = List.of("ababc", "bd");
        Random random = new Random(3);
        for (int round = 0; round < 200; round++) {
            StopStrings stops = new StopStrings(stop);
            StringBuilder out = new StringBuilder();
            for (int at = 0; at < text.length(); ) {
                int end = Math.min(text.length(), at + random.nextInt(5));
                out.append(stops.append(text.substring(at, end)));
                at = end;
            }
            assertThat(out.append(stops.finish())).hasToString("abab abc a");
        }
    }

    @Test
    void anEmptyStopStringIsRefused() {
        assertThatThrownBy(() -> new StopStrings(List.of("a", ""))).hasMessageContaining("empty");
    }
}
