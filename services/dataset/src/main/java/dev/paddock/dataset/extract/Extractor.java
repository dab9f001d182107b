package dev.paddock.dataset.extract;

import java.io.IOException;
import java.nio.file.Path;

/** Reads one kind of file. */
interface Extractor {
    /**
     * Hands every heading and paragraph to {@code sink}, whitespace tidied.
     *
     * @throws UnreadableDocumentException when the file is damaged or beyond the limits
     */
    void extract(Path file, BlockSink sink) throws IOException;
}
