package dev.paddock.trainingjob.lease;

import dev.paddock.contracts.event.ArtifactKind;
import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.lease.LeaseRenewal;
import dev.paddock.contracts.lease.LeaseRequest;
import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Bounds of what a worker may send. */
final class ReportRules {
    private static final int MOST_METHODS = 1_000;
    private static final int MOST_ENTRIES = 10_000;
    private static final String WORKER_ID = "[A-Za-z0-9][A-Za-z0-9._:-]{0,199}";
    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    private ReportRules() {}

    static void check(LeaseRequest request) {
        if (!String.valueOf(request.workerId()).matches(WORKER_ID)) {
            throw ProblemException.invalid("workerId", request.workerId(), "must match " + WORKER_ID);
        }
        between("methods", request.methods(), 1, MOST_METHODS);
    }

    static void check(LeaseRenewal renewal) {
        between("metrics", renewal.metrics(), 0, MOST_ENTRIES);
        between("logs", renewal.logs(), 0, MOST_ENTRIES);
    }

    static void digest(String field, @Nullable String digest) {
        if (!String.valueOf(digest).matches(DIGEST)) {
            throw ProblemException.invalid(field, digest, "must be sha256:<64 hex>");
        }
    }

    static void kind(@Nullable String kind) {
        try {
            ArtifactKind.of(kind);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("artifactKind", kind, "must be adapter or model");
        }
    }

    static void environment(@Nullable TrainingEnvironment environment) {
        if (environment != null && environment.threads() < 1) {
            throw ProblemException.invalid("environment.threads", environment.threads(), "must be 1 or more");
        }
    }

    private static void between(String field, @Nullable List<?> list, int least, int most) {
        if (list == null || list.size() < least || list.size() > most) {
            throw ProblemException.invalid(
                    field, list == null ? null : list.size() + " items", "must have %d to %d".formatted(least, most));
        }
    }
}
