package dev.paddock.contracts.event;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An answer leaves the gateway or is withheld; the id is the OpenAI id and the key of its lineage. One that leaves in pieces is told
 * twice: before its first piece with the finish reason {@link #OPEN}, and at its end; where the gateway did not live to tell the end,
 * with the reason {@link #INTERRUPTED}.
 *
 * @param openedAt when the model that answers was chosen, the same however often the answer is told
 */
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
        String application,
        @Nullable Instant openedAt)
        implements AnswerEvent {
    public static final String OPEN = "open";
    public static final String INTERRUPTED = "interrupted";

    /** Whether the answer has its end: what is told of it until then about verdict, digest and reason is not the last word. */
    public boolean ended() {
        return !finishReason.equals(OPEN);
    }

    /** Whether the end is not known: verdict and digest are those from before the first piece. */
    public boolean interrupted() {
        return finishReason.equals(INTERRUPTED);
    }

    @Override
    public String subject() {
        return answerId;
    }
}
