package dev.paddock.contracts.guard;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The guard's judgement; score is the probability of unsafe from the first token, in 0 to 1. */
public record Verdict(
        UUID id,
        boolean safe,
        List<String> categories,
        double score,
        UUID policyId,
        int policyVersion,
        @Nullable UUID guardVersionId) {}
