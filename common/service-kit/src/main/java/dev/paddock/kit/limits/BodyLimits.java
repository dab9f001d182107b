package dev.paddock.kit.limits;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code paddock.limits.*}: the longest body of a request under {@code /api}.
 *
 * @param json of JSON and everything that is no upload
 * @param upload of a file: rows sent as the body, and each file of a multipart request
 * @param request of a multipart request with all its parts
 */
@ConfigurationProperties("paddock.limits")
public record BodyLimits(
        @DefaultValue("16MB") DataSize json,
        @DefaultValue("256MB") DataSize upload,
        @DefaultValue("257MB") DataSize request) {
    private static final Set<String> UPLOADS = Set.of("application/jsonl", "application/x-ndjson", "text/csv");

    public BodyLimits {
        if (json.toBytes() < 1 || upload.toBytes() < 1 || request.compareTo(upload) <= 0) {
            throw new IllegalArgumentException("paddock.limits: json is " + json + ", upload " + upload + ", request "
                    + request + "; all must be positive and request above upload");
        }
    }

    /** The bound for a body of this media type. */
    DataSize of(@Nullable String contentType) {
        String type = contentType == null ? "" : contentType.split(";", 2)[0].strip();
        return UPLOADS.contains(type.toLowerCase(java.util.Locale.ROOT)) ? upload : json;
    }
}
