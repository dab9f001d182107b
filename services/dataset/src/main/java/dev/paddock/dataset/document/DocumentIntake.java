package dev.paddock.dataset.document;

import dev.paddock.dataset.extract.DocumentKind;
import dev.paddock.dataset.extract.UnreadableDocumentException;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.kit.artifacts.ArtifactStore;
import dev.paddock.kit.artifacts.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Reads a document's text and stores bytes and text. */
@Component
final class DocumentIntake {
    private final ArtifactStore artifacts;

    DocumentIntake(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    StoredText store(String name, Path file) throws IOException {
        DocumentKind kind = DocumentKind.of(name, file);
        Path blocks = Files.createTempFile("paddock-blocks", null);
        try {
            long characters = extract(kind, file, blocks);
            if (characters == 0) {
                throw new UnreadableDocumentException(
                        name + " has no text: if it is a scan, recognise its text first and upload the result");
            }
            return new StoredText(put(file), put(blocks), kind.mediaType(), characters);
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

    private Digest put(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return artifacts.put(in);
        }
    }
}
