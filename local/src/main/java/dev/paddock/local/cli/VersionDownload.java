package dev.paddock.local.cli;

import dev.paddock.local.home.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/** What a download asks the registry for, and its archive as a folder. */
final class VersionDownload {
    private VersionDownload() {}

    /** The request's end, from the question mark on. */
    static String query(boolean asImported, boolean gguf, @Nullable String type, boolean merged) {
        if (gguf && asImported) {
            throw new UserError("--gguf and --as-imported exclude each other. Choose one.");
        }
        if (!gguf && (type != null || merged)) {
            throw new UserError((type == null ? "--merged" : "--type") + " belongs to --gguf. Add that.");
        }
        if (!gguf) {
            return asImported ? "?format=IMPORTED" : "";
        }
        String asked =
                type == null ? "" : "&type=" + URLEncoder.encode(type.toUpperCase(Locale.ROOT), StandardCharsets.UTF_8);
        return "?format=GGUF" + asked + (merged ? "&merged=true" : "");
    }

    /** Writes one file, which has its name once it is whole. */
    static void file(InputStream in, Path target) throws IOException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, target);
    }

    /** Writes an archive's files into a folder that is made. */
    static void unpack(InputStream archive, Path folder) throws IOException {
        ZipInputStream zip = new ZipInputStream(archive);
        Files.createDirectories(folder);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            Path target = folder.resolve(entry.getName()).normalize();
            if (!target.startsWith(folder.normalize())) {
                throw new UserError("the archive names a path outside its folder: " + entry.getName());
            }
            Files.createDirectories(Objects.requireNonNull(target.getParent()));
            Files.copy(zip, target);
        }
    }
}
