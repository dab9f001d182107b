package dev.paddock.evaluation.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.evaluation.score.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class GateTest {
    private final Gate general = Gate.notInferior("general");

    @Test
    void theWholeIntervalDecides() {
        assertThat(general.judge(new Interval(-0.01, -0.03, 0.01))).isEqualTo(Verdict.PASS);
        assertThat(general.judge(new Interval(-0.10, -0.15, -0.06))).isEqualTo(Verdict.FAIL);
        assertThat(general.judge(new Interval(-0.04, -0.09, 0.01))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Gate.better("held-out").judge(new Interval(0.0, -0.1, 0.1))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void inconclusiveBlocksAsFailDoes() {
        assertThat(Verdict.all(List.of(Verdict.PASS, Verdict.PASS))).isEqualTo(Verdict.PASS);
        assertThat(Verdict.all(List.of(Verdict.PASS, Verdict.INCONCLUSIVE))).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(Verdict.all(List.of(Verdict.INCONCLUSIVE, Verdict.FAIL))).isEqualTo(Verdict.FAIL);
        assertThat(Verdict.all(List.of())).isEqualTo(Verdict.INCONCLUSIVE);
    }
}
