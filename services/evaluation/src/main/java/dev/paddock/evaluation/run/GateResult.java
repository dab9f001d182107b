package dev.paddock.evaluation.run;

import dev.paddock.evaluation.gate.Verdict;

/** What a gate said, and why. */
public record GateResult(String name, String rule, Verdict verdict, String detail) {}
