package dev.paddock.dataset.upload;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Reads an upload's rows, all or none, and stores bytes and rows. */
@Component
final class UploadIntake {
    private final ArtifactStore artifacts;

    UploadIntake(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    StoredRows store(TemporaryFile file, Optional<UploadFormat> wanted, CsvColumns columns) throws IOException {
        Path examples = Files.createTempFile("paddock-rows", null);
        try {
            int count;
            UploadFormat format;
            try (JsonLinesWriter out = new JsonLinesWriter(examples)) {
                ParsedRows rows = new ParsedRows(out);
                format = read(file.path(), wanted, columns, rows);
                count = rows.complete();
            }
            return new StoredRows(format, put(file.path()), put(examples), count);
        } finally {
            Files.deleteIfExists(examples);
        }
    }

    private static UploadFormat read(Path file, Optional<UploadFormat> wanted, CsvColumns columns, ParsedRows rows)
            throws IOException {
        boolean csv = wanted.map(format -> format == UploadFormat.CSV).orElseGet(() -> !startsAsJson(file));
        if (csv) {
            new CsvRows(columns).read(file, rows);
            return UploadFormat.CSV;
        }
        JsonRows json = new JsonRows(wanted);
        json.read(file, rows);
        return json.format();
    }

    private static boolean startsAsJson(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] start = in.readNBytes(64);
            String text = new String(start, java.nio.charset.StandardCharsets.UTF_8).strip();
            return text.startsWith("{") || text.startsWith("\ufeff{");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private Digest put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return artifacts.put(in);
        }
    }
}
