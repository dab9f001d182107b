package dev.paddock.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairedRoundsTest {
    @Test
    void theMedianIsTheMiddleOrTheMeanOfTheTwoInTheMiddle() {
        assertThat(PairedRounds.median(List.of(9.0, 1.0, 5.0))).isEqualTo(5.0);
        assertThat(PairedRounds.median(List.of(9.0, 1.0, 5.0, 6.0))).isEqualTo(5.5);
    }
}
