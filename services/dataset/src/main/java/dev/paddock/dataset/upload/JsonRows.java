package dev.paddock.dataset.upload;

import dev.paddock.dataset.DatasetProblem;
import dev.paddock.dataset.row.RowJson;
import dev.paddock.kit.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Rows of a JSONL file: one JSON object a line, empty lines passed over. */
final class JsonRows {
    private @Nullable UploadFormat format;

    JsonRows(Optional<UploadFormat> format) {
        this.format = format.orElse(null);
    }

    void read(Path file, ParsedRows rows) throws IOException {
        StringBuilder line = new StringBuilder();
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (boolean more = true; more; ) {
                more = line(in, line);
                String text = line.toString().strip();
                if (!text.isEmpty()) {
                    rows.add(() -> {
                        JsonNode row = parse(text);
                        return RowShape.read(row, formatOf(row));
                    });
                }
            }
        } catch (CharacterCodingException e) {
            throw new ProblemException(DatasetProblem.INVALID_ROWS, "the file is not UTF-8: save it as UTF-8", e);
        }
    }

    /** Reads one line; what is beyond the limit is not kept, so that the row is refused. False at the end. */
    private static boolean line(BufferedReader in, StringBuilder line) throws IOException {
        line.setLength(0);
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return true;
            }
            if (line.length() <= RowJson.MAX_LINE_CHARACTERS) {
                line.append((char) c);
            }
        }
        return false;
    }

    private UploadFormat formatOf(JsonNode row) {
        if (format == null) {
            format = UploadFormat.of(row);
        }
        return format;
    }

    UploadFormat format() {
        return format == null ? UploadFormat.MESSAGES : format;
    }

    private static JsonNode parse(String line) {
        if (line.length() > RowJson.MAX_LINE_CHARACTERS) {
            throw new InvalidRowException("", "is longer than " + RowJson.MAX_LINE_CHARACTERS + " characters");
        }
        try {
            String text = line.startsWith("\ufeff") ? line.substring(1) : line;
            return RowJson.MAPPER.readTree(text);
        } catch (JacksonException e) {
            throw new InvalidRowException("", "is no JSON: " + e.getOriginalMessage());
        }
    }
}
