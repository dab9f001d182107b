package dev.paddock.worker.models;

import dev.paddock.kit.artifacts.Digest;
import dev.paddock.kit.artifacts.Manifest;
import dev.paddock.kit.artifacts.ManifestFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.stream.Stream;

/** Whether a folder on the disk is what a manifest says. */
final class FolderCheck {
    private FolderCheck() {}

    /** Whether the folder is there and has every file of the manifest, byte by byte, and no other. */
    static boolean holds(Path folder, Manifest manifest) throws IOException {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> walk = Files.walk(folder)) {
            if (walk.filter(path -> !Files.isDirectory(path)).count()
                    != manifest.files().size()) {
                return false;
            }
        }
        for (ManifestFile file : manifest.files()) {
            if (!holds(folder.resolve(file.path()), file)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(Path path, ManifestFile file) throws IOException {
        if (!Files.isRegularFile(path) || Files.size(path) != file.size()) {
            return false;
        }
        MessageDigest algorithm = Digest.sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(path), algorithm)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return Digest.of(algorithm).value().equals(file.digest());
    }
}
