package dev.paddock.dataset.upload;

import dev.paddock.kit.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The shapes in which rows are written. */
public enum UploadFormat {
    PREFERENCE("chosen"),
    SPANS("spans"),
    MESSAGES("messages"),
    PROMPT_COMPLETION("prompt"),
    ALPACA("instruction"),
    SHAREGPT("conversations"),
    TEXT("text"),
    CSV("");

    private final String key;

    UploadFormat(String key) {
        this.key = key;
    }

    /** The name in the API, for example {@code prompt-completion}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The format of that name, or empty for {@code auto}. */
    static Optional<UploadFormat> parse(String id) {
        if ("auto".equals(id)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(format -> format.id().equals(id))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid(
                        "format",
                        id,
                        "must be auto or one of "
                                + Arrays.stream(values()).map(UploadFormat::id).collect(Collectors.joining(", ")))));
    }

    /** The format that a row's fields show. */
    static UploadFormat of(JsonNode row) {
        return Arrays.stream(values())
                .filter(format -> format != CSV && row.has(format.key))
                .findFirst()
                .orElseThrow(() -> new InvalidRowException(
                        "",
                        "has none of chosen, spans, messages, prompt, instruction, conversations and text:"
                                + " name the format"));
    }
}
