package dev.paddock.registry.artifact;

import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.artifacts.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.springframework.stereotype.Component;

/** A stored folder as a ZIP stream: same digest, same bytes. Weights hardly compress, so speed goes first. */
@Component
public class FolderZip {
    /** The earliest time that a ZIP can tell. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ArtifactStore store;
    private final ArtifactInspector inspector;

    public FolderZip(ArtifactStore store, ArtifactInspector inspector) {
        this.store = store;
        this.inspector = inspector;
    }

    /** The files to be packed; a missing artifact is a problem before the first byte is sent. */
    public Manifest files(String digest) {
        return inspector.manifest(digest);
    }

    public void write(Manifest manifest, OutputStream target) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(target);
        zip.setLevel(Deflater.BEST_SPEED);
        for (ManifestFile file : manifest.files()) {
            ZipEntry entry = new ZipEntry(file.path());
            entry.setTimeLocal(TIME);
            zip.putNextEntry(entry);
            try (InputStream content = store.open(new Digest(file.digest()))) {
                content.transferTo(zip);
            }
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }
}
