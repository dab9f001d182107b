package dev.paddock.worker.jobs;

import dev.paddock.contracts.lease.FailureReport;
import dev.paddock.kit.artifacts.DamagedArtifactException;
import dev.paddock.kit.problem.ProblemCategory;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.training.NonFiniteLossException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** Why an attempt ended, as a stable code, and whether another attempt may do better. */
final class FailureCauses {
    private FailureCauses() {}

    static FailureReport of(long fencingToken, Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof java.io.UncheckedIOException && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return new FailureReport(fencingToken, code(cause), describe(cause), retryable(cause));
    }

    private static String code(Throwable cause) {
        if (cause instanceof NonFiniteLossException) {
            return "non-finite-loss";
        }
        if (isOutOfMemory(cause)) {
            return "out-of-memory";
        }
        if (cause instanceof NoSuchFileException) {
            return "artifact-missing";
        }
        if (cause instanceof DamagedArtifactException) {
            return "artifact-damaged";
        }
        if (cause instanceof UnsupportedModelException) {
            return "unsupported-model";
        }
        if (cause instanceof MalformedModelFileException) {
            return "malformed-artifact";
        }
        if (cause instanceof ProblemException problem) {
            return problem.code().code();
        }
        if (cause instanceof IOException && isDiskFull(cause)) {
            return "disk-full";
        }
        return cause instanceof IllegalArgumentException ? "order-refused" : "internal-error";
    }

    /** What depends on the order alone fails again; what depends on the machine or the moment may not. */
    private static boolean retryable(Throwable cause) {
        if (cause instanceof ProblemException problem) {
            return problem.code().category() != ProblemCategory.CALLER;
        }
        return !(cause instanceof NonFiniteLossException
                || cause instanceof NoSuchFileException
                || cause instanceof DamagedArtifactException
                || cause instanceof UnsupportedModelException
                || cause instanceof MalformedModelFileException
                || cause instanceof IllegalArgumentException);
    }

    private static boolean isOutOfMemory(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        return cause instanceof OutOfMemoryError
                || text.contains("not enough memory")
                || text.contains("can't allocate memory");
    }

    private static boolean isDiskFull(Throwable cause) {
        return String.valueOf(cause.getMessage()).contains("No space left on device");
    }

    private static String describe(Throwable cause) {
        String text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
        return text.length() <= 1000 ? text : text.substring(0, 1000);
    }
}
