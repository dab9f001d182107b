package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.Verdict;
import java.util.UUID;

/** The policy version under which an answer was judged, as {@code <id>@<version>}. */
public record PolicyStamp(UUID policyId, int version) {
    static PolicyStamp of(Verdict verdict) {
        return new PolicyStamp(verdict.policyId(), verdict.policyVersion());
    }

    @Override
    public String toString() {
        return policyId + "@" + version;
    }
}
