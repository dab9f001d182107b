package dev.paddock.dataset.version;

import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * A version whose artifact is stored.
 *
 * @param digest of the folder with train.jsonl, test.jsonl and manifest.json
 * @param work temporary files, gone when closed; its folder {@code version} has the files
 */
record BuiltVersion(Digest digest, Digest decisions, Counts counts, Map<String, Integer> reasons, Path work)
        implements AutoCloseable {
    Path file(String name) {
        return work.resolve("version").resolve(name);
    }

    @Override
    public void close() throws IOException {
        FileSystemUtils.deleteRecursively(work);
    }
}
