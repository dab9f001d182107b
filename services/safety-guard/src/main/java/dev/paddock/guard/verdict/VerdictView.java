package dev.paddock.guard.verdict;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A verdict as safety officers and auditors see it. */
public record VerdictView(
        UUID id,
        UUID policyId,
        int policyVersion,
        UUID guardVersionId,
        String role,
        boolean safe,
        List<String> categories,
        double score,
        String textDigest,
        int windows,
        Instant reachedAt) {

    static VerdictView of(VerdictRecord verdict) {
        return new VerdictView(
                verdict.id(),
                verdict.policyId(),
                verdict.policyVersion(),
                verdict.guardVersionId(),
                verdict.role(),
                verdict.safe(),
                verdict.categories(),
                verdict.score(),
                verdict.textDigest(),
                verdict.windows(),
                verdict.reachedAt());
    }
}
