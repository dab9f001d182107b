package dev.paddock.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class IntervalTest {
    /** Figures of statsmodels 0.14, {@code proportion_confint(81, 263, method="wilson")}. */
    @Test
    void wilsonsIntervalIsThePublishedOne() {
        Interval interval = Interval.ofProportion(81, 263);
        assertThat(interval.low()).isCloseTo(0.25524, within(1e-4));
        assertThat(interval.high()).isCloseTo(0.36620, within(1e-4));
    }

    @Test
    void theBordersStayWithinZeroAndOne() {
        assertThat(Interval.ofProportion(0, 10).low()).isZero();
        assertThat(Interval.ofProportion(10, 10).high()).isCloseTo(1, within(1e-12));
        assertThatThrownBy(() -> Interval.ofProportion(1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** The worked example of Agresti and Min: 1600 pairs, 86 and 150 discordant (the approval ratings of Agresti 2002). */
    @Test
    void thePairedDifferenceFollowsAgrestiAndMin() {
        Interval difference = PairedDifference.of(86, 150, 1600);
        assertThat(difference.value()).isCloseTo(-0.04, within(1e-9));
        assertThat(difference.low()).isCloseTo(-0.0587, within(2e-4));
        assertThat(difference.high()).isCloseTo(-0.0212, within(2e-4));
    }

    @Test
    void onlyDiscordantItemsCount() {
        List<Boolean> base = List.of(true, true, false, false);
        List<Boolean> candidate = List.of(true, false, true, true);
        assertThat(PairedDifference.of(base, candidate)).isEqualTo(PairedDifference.of(2, 1, 4));
    }
}
