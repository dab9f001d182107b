package dev.paddock.contracts.event;

import java.util.List;
import java.util.UUID;

/** The guard judged a prompt or a response; texts are kept as digests. */
public record VerdictReached(
        UUID verdictId,
        UUID policyId,
        int policyVersion,
        String role,
        boolean safe,
        List<String> categories,
        double score,
        String textDigest)
        implements GuardEvent {
    @Override
    public String subject() {
        return policyId.toString();
    }
}
