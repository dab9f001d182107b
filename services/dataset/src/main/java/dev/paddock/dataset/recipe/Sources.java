package dev.paddock.dataset.recipe;

import dev.paddock.dataset.extract.Block;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLines;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/** What a recipe works on; the contents are streamed. */
public record Sources(List<DocumentSource> documents, List<UploadSource> uploads) {
    /** Opens the content anew at each call. */
    public interface Content<T> {
        void forEach(JsonLines.Visitor<T> visitor) throws IOException;
    }

    public record DocumentSource(UUID id, String name, Content<Block> blocks) {}

    public record UploadSource(UUID id, Content<Example> rows) {}
}
