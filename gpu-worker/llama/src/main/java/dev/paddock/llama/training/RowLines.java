package dev.paddock.llama.training;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Rows as JSON Lines. */
final class RowLines {
    private static final JsonMapper JSON = new JsonMapper();

    private RowLines() {}

    /**
     * Makes something of every row.
     *
     * @throws IllegalArgumentException that of {@code make}, with the number of its row, counted from 1
     */
    static <T> List<T> read(Path rows, Function<JsonNode, T> make) {
        List<T> made = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(rows)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                made.add(numbered(made.size() + 1, JSON.readTree(line), make));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return made;
    }

    /**
     * Does something with every row.
     *
     * @throws IllegalArgumentException that of {@code use}, with the number of its row, counted from 1
     */
    static void forEach(Path rows, Consumer<JsonNode> use) {
        read(rows, row -> {
            use.accept(row);
            return Boolean.TRUE;
        });
    }

    private static <T> T numbered(int row, JsonNode json, Function<JsonNode, T> make) {
        try {
            return make.apply(json);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("row " + row + ": " + e.getMessage(), e);
        }
    }
}
