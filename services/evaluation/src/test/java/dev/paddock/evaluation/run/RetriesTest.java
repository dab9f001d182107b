package dev.paddock.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RetriesTest {
    @Test
    void aWorkerThatIsAwayOnlyDelaysHoweverLong() {
        assertThat(after(1000, false).isExhausted()).isFalse();
        assertThat(after(19, true).isExhausted()).isFalse();
        assertThat(after(20, true).isExhausted()).isTrue();
    }

    @Test
    void thePauseDoublesUpToAMinuteAndIsShortAgainAfterAnAnswer() {
        List<Long> pauses = Stream.iterate(Retries.NONE.failed(false), retries -> retries.failed(false))
                .limit(8)
                .map(retries -> retries.pause().toSeconds())
                .toList();
        assertThat(pauses).containsExactly(3L, 6L, 12L, 24L, 48L, 60L, 60L, 60L);
        assertThat(after(50, true).gotFurther().failed(false).pause()).isEqualTo(Duration.ofSeconds(3));
        assertThat(after(20, true).gotFurther().isExhausted()).isTrue();
    }

    private static Retries after(int attempts, boolean workerAnswered) {
        Retries retries = Retries.NONE;
        for (int i = 0; i < attempts; i++) {
            retries = retries.failed(workerAnswered);
        }
        return retries;
    }
}
