package dev.paddock.evaluation.run;

import dev.paddock.evaluation.gate.Gate;
import dev.paddock.evaluation.gate.Verdict;

/** What a gate said, and why. */
public record GateResult(String name, String rule, Verdict verdict, String detail) {
    /** Of a suite that gave no scores. */
    static GateResult unproven(Gate gate, String why) {
        return new GateResult(gate.name(), gate.rule(), Verdict.INCONCLUSIVE, why);
    }
}
