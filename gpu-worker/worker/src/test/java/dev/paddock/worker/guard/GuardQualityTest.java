package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Figures worked out by hand. */
class GuardQualityTest {
    @Test
    void averagePrecisionStepsOverEveryUnsafeRow() {
        List<ScoredRow> rows = List.of(row(true, 0.9), row(false, 0.8), row(true, 0.7), row(false, 0.1));
        assertThat(GuardQuality.averagePrecision(rows)).isCloseTo(0.5 * 1 + 0.5 * 2 / 3, within(1e-12));
    }

    @Test
    void equalScoresAreOneStepWhateverTheirOrder() {
        assertThat(GuardQuality.averagePrecision(List.of(row(true, 0.5), row(false, 0.5))))
                .isEqualTo(0.5);
        assertThat(GuardQuality.averagePrecision(List.of(row(false, 0.5), row(true, 0.5))))
                .isEqualTo(0.5);
    }

    @Test
    void aSourceSaysHowManyAreFlagged() {
        GuardQuality quality = GuardQuality.of(List.of(row(true, 0.9), row(true, 0.2), row(false, 0.5), row(false, 0)));
        assertThat(quality.accuracy()).isEqualTo(0.5);
        assertThat(quality.verdicts()).isEqualTo(1);
        assertThat(quality.sources())
                .containsEntry("rows (unsafe)", new GuardQuality.Source(true, 2, 1))
                .containsEntry("rows (safe)", new GuardQuality.Source(false, 2, 1));
    }

    private static ScoredRow row(boolean unsafe, double score) {
        return new ScoredRow(GuardRow.of("rows", "user", "text", unsafe ? List.of("S1") : List.of()), score, 1);
    }
}
