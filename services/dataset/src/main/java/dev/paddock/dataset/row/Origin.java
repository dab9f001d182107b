package dev.paddock.dataset.row;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a row came from.
 *
 * @param document the document it was made of, or null
 * @param upload the upload it stood in, or null
 * @param row its number in the upload, or the number of its section in the document, from 1
 */
@JsonPropertyOrder({"document", "upload", "row"})
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Origin(@Nullable UUID document, @Nullable UUID upload, int row) {
    public static Origin document(UUID document, int section) {
        return new Origin(document, null, section);
    }

    public static Origin upload(UUID upload, int row) {
        return new Origin(null, upload, row);
    }
}
