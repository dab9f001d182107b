package dev.paddock.dataset.document;

import dev.paddock.dataset.TemporaryFile;
import dev.paddock.dataset.extract.DocumentKind;
import dev.paddock.dataset.extract.UnreadableDocumentException;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.source.SourceStore;
import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.ids.TimeOrderedIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.stereotype.Component;

/** Reads a document's text and stores bytes, text and row. */
@Component
final class DocumentIntake {
    private final Documents documents;
    private final SourceStore sources;
    private final TimeOrderedIds ids;
    private final Clock clock;

    DocumentIntake(Documents documents, SourceStore sources, TimeOrderedIds ids, Clock clock) {
        this.documents = documents;
        this.sources = sources;
        this.ids = ids;
        this.clock = clock;
    }

    Document store(Caller caller, String name, TemporaryFile file) throws IOException {
        DocumentKind kind = DocumentKind.of(name, file.path());
        Path blocks = Files.createTempFile("paddock-blocks", null);
        try {
            long characters = extract(kind, file.path(), blocks);
            if (characters == 0) {
                throw new UnreadableDocumentException(
                        name + " has no text: if it is a scan, recognise its text first and upload the result");
            }
            return sources.storing(caller.tenant(), () -> {
                StoredText text = new StoredText(
                        sources.put(caller.tenant(), file.path()),
                        sources.put(caller.tenant(), blocks),
                        kind.mediaType(),
                        characters);
                return documents.saveAndFlush(
                        new Document(ids.next(), caller.tenant(), name, text, caller.subject(), clock.instant()));
            });
        } finally {
            Files.deleteIfExists(blocks);
        }
    }

    private static long extract(DocumentKind kind, Path file, Path blocks) throws IOException {
        long[] characters = {0};
        try (JsonLinesWriter out = new JsonLinesWriter(blocks)) {
            kind.extract(file, block -> {
                characters[0] += block.text().length();
                out.write(block);
            });
        }
        return characters[0];
    }
}
