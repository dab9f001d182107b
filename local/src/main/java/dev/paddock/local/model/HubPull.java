package dev.paddock.local.model;

import dev.paddock.local.home.JsonFiles;
import dev.paddock.local.model.ModelCatalogue.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a whole pull brought, kept beside its folder.
 *
 * @param asked the files that the catalogue named
 * @param digests those that the hub has, with the digests that it named
 */
record HubPull(String repository, String revision, List<String> asked, Map<String, String> digests) {

    void record(Path folder) {
        JsonFiles.writeAtomically(file(folder), this);
    }

    /** Whether the folder holds a whole pull of that source, byte for byte. */
    static boolean isComplete(Source.Hub hub, Path folder) throws SourceFailedException {
        HubPull known = JsonFiles.read(file(folder), HubPull.class).orElse(null);
        if (known == null
                || !known.repository().equals(hub.repository())
                || !known.revision().equals(hub.revision())
                || !known.asked().equals(hub.files())) {
            return false;
        }
        try {
            for (Map.Entry<String, String> digest : known.digests().entrySet()) {
                Path file = folder.resolve(digest.getKey());
                if (!Files.isRegularFile(file) || !new HubFile(digest.getValue(), -1).matches(file)) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            throw new SourceFailedException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Path file(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".json");
    }
}
