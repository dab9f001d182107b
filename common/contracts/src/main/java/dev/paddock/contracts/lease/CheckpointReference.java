package dev.paddock.contracts.lease;

import java.util.UUID;

/** The last checkpoint of a job in the artifact store. */
public record CheckpointReference(int step, String digest) {
    /** The area of the artifact store that holds the checkpoints of this job and nothing else. */
    public static String area(UUID jobId) {
        return "checkpoints/" + jobId;
    }
}
