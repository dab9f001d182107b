package dev.paddock.evaluation.suite;

import dev.paddock.evaluation.run.EvaluationProblem;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/** The artifact of a dataset version. */
final class DatasetArtifact {
    private static final String TEST = "test.jsonl";

    private DatasetArtifact() {}

    /** The held-out rows, one JSON object a line. */
    static byte[] test(ArtifactStore artifacts, String digest) {
        try {
            Digest blob =
                    new Digest(artifacts.manifest(new Digest(digest)).file(TEST).digest());
            try (InputStream in = artifacts.open(blob)) {
                return in.readAllBytes();
            }
        } catch (IOException e) {
            throw unreadable("the dataset version " + digest, e);
        }
    }

    static ProblemException unreadable(String what, IOException e) {
        return new ProblemException(
                EvaluationProblem.DATASET_UNREADABLE, what + " cannot be read: " + e.getMessage(), e);
    }
}
