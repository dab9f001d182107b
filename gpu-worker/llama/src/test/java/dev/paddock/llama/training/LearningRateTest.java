package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.training.LearningRate.Schedule;
import org.junit.jupiter.api.Test;

class LearningRateTest {
    private static double at(Schedule schedule, int step) {
        return new LearningRate(1, 10, 0.1, schedule, 0.2).at(step, 110);
    }

    @Test
    void everyScheduleRisesInAStraightLineFirst() {
        for (Schedule schedule : Schedule.values()) {
            assertThat(at(schedule, 1)).isEqualTo(0.1);
            assertThat(at(schedule, 10)).isEqualTo(1);
            assertThat(at(schedule, 11)).isEqualTo(1);
        }
    }

    @Test
    void thenItFallsAsItsNameSays() {
        assertThat(at(Schedule.COSINE, 61)).isCloseTo(0.55, within(1e-12));
        assertThat(at(Schedule.LINEAR, 36)).isCloseTo(0.1 + 0.9 * 0.75, within(1e-12));
        assertThat(at(Schedule.LINEAR, 110)).isCloseTo(0.1 + 0.9 * 0.01, within(1e-12));
        assertThat(at(Schedule.CONSTANT, 110)).isEqualTo(1);
    }

    @Test
    void wsdIsStableUntilItsLastShareOfTheSteps() {
        assertThat(at(Schedule.WSD, 88)).isEqualTo(1);
        assertThat(at(Schedule.WSD, 89)).isEqualTo(1);
        assertThat(at(Schedule.WSD, 100)).isCloseTo(0.1 + 0.9 * 0.5, within(1e-12));
        assertThat(at(Schedule.WSD, 110)).isCloseTo(0.1 + 0.9 / 22, within(1e-12));
    }

    @Test
    void aDecayOfNothingIsRefused() {
        assertThatThrownBy(() -> new LearningRate(1, 0, 0, Schedule.WSD, 0)).hasMessageContaining("decayShare");
    }
}
