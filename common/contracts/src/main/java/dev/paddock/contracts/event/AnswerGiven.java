package dev.paddock.contracts.event;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An answer left the gateway (or was withheld); the id is the OpenAI id and the key of its lineage. */
public record AnswerGiven(
        String answerId,
        String model,
        UUID versionId,
        UUID policyId,
        int policyVersion,
        @Nullable UUID inputVerdictId,
        @Nullable UUID outputVerdictId,
        String promptDigest,
        String answerDigest,
        String finishReason,
        String application)
        implements AnswerEvent {
    @Override
    public String subject() {
        return answerId;
    }
}
