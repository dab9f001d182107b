package dev.paddock.dataset.upload;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.dataset.definition.Datasets;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.source.SourceStore;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads an upload's rows, all or none, and stores bytes, rows and the upload. */
@Component
final class UploadIntake {
    private final Datasets datasets;
    private final Uploads uploads;
    private final SourceStore sources;
    private final TimeOrderedIds ids;
    private final Clock clock;

    UploadIntake(Datasets datasets, Uploads uploads, SourceStore sources, TimeOrderedIds ids, Clock clock) {
        this.datasets = datasets;
        this.uploads = uploads;
        this.sources = sources;
        this.ids = ids;
        this.clock = clock;
    }

    /** An upload and whether it is new. */
    record Taken(Upload upload, boolean isNew) {}

    Taken store(Caller caller, UUID dataset, TemporaryFile file, Optional<UploadFormat> wanted, CsvColumns columns)
            throws IOException {
        Path examples = Files.createTempFile("paddock-rows", null);
        try {
            int count;
            UploadFormat format;
            try (JsonLinesWriter out = new JsonLinesWriter(examples)) {
                ParsedRows rows = new ParsedRows(out);
                format = read(file.path(), wanted, columns, rows);
                count = rows.complete();
            }
            return sources.storing(caller.tenant(), () -> {
                datasets.lockLive(caller.tenant(), dataset);
                StoredRows rows = new StoredRows(
                        format,
                        sources.put(caller.tenant(), file.path()),
                        sources.put(caller.tenant(), examples),
                        count);
                return save(caller, dataset, rows);
            });
        } finally {
            Files.deleteIfExists(examples);
        }
    }

    private Taken save(Caller caller, UUID dataset, StoredRows rows) {
        return uploads.findByTenantAndDatasetIdAndRowsDigest(
                        caller.tenant(), dataset, rows.rowsDigest().value())
                .map(same -> new Taken(same, false))
                .orElseGet(() -> new Taken(
                        uploads.save(new Upload(
                                ids.next(), caller.tenant(), dataset, rows, caller.subject(), clock.instant())),
                        true));
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
            String text = new String(start, StandardCharsets.UTF_8).strip();
            return text.startsWith("{") || text.startsWith("\ufeff{");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
