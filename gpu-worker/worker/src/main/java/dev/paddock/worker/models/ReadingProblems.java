package dev.paddock.worker.models;

import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.template.ChatTemplateException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** What the engine refuses of an artifact's files, as problems. */
public final class ReadingProblems {
    private ReadingProblems() {}

    /** Runs {@code read}; a problem names the artifact's digest. */
    static void explained(String digest, Runnable read) {
        explained(digest, Executors.callable(read));
    }

    /** Runs {@code read}; a problem names the artifact's digest. */
    public static <T> T explained(String digest, Callable<T> read) {
        try {
            return read.call();
        } catch (MalformedModelFileException e) {
            throw new ProblemException(ServingProblem.MALFORMED_ARTIFACT, digest + ": " + e.getMessage(), e);
        } catch (UnsupportedModelException | ChatTemplateException e) {
            throw new ProblemException(ServingProblem.UNSUPPORTED_MODEL, digest + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ProblemException(
                    ServingProblem.STORE_UNAVAILABLE, digest + " cannot be read: " + e.getMessage(), e);
        }
    }
}
