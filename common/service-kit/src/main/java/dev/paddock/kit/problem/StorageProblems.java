package dev.paddock.kit.problem;

import dev.paddock.kit.limits.BodyTooLargeException;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.jspecify.annotations.Nullable;

/** What an {@link IOException} says about room: a disk that is full, a body that is too long. */
public final class StorageProblems {
    private static final int DEEPEST = 10;

    private StorageProblems() {}

    /** The problem that the exception or one of its causes stands for, if it is about room at all. */
    public static Optional<Problem> of(Throwable e) {
        return causes(e).flatMap(cause -> named(cause).stream()).findFirst();
    }

    /** Whether the operating system refused a write for want of room. */
    public static boolean isDiskFull(IOException e) {
        String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return message.contains("no space left")
                || message.contains("quota exceeded")
                || message.contains("not enough space");
    }

    private static Optional<Problem> named(Throwable cause) {
        if (cause instanceof BodyTooLargeException tooLarge) {
            return Optional.of(Problem.of(CommonProblem.TOO_LARGE, tooLarge.getMessage(), List.of()));
        }
        if (cause instanceof SizeException tooLarge) {
            String rule = "the upload exceeds " + tooLarge.getPermittedSize() + " bytes: split it";
            return Optional.of(Problem.of(CommonProblem.TOO_LARGE, rule, List.of()));
        }
        if (cause instanceof ProblemException known && known.code() == CommonProblem.INSUFFICIENT_STORAGE) {
            return Optional.of(known.problem());
        }
        return cause instanceof IOException failed && isDiskFull(failed)
                ? Optional.of(Problem.of(
                        CommonProblem.INSUFFICIENT_STORAGE,
                        "the service's disk is full: free some space and try again",
                        List.of()))
                : Optional.empty();
    }

    private static Stream<Throwable> causes(@Nullable Throwable e) {
        return Stream.iterate(e, cause -> cause != null, cause -> cause.getCause())
                .limit(DEEPEST);
    }
}
