package dev.paddock.dataset.row;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Files of one JSON value a line. */
public final class JsonLines {
    private JsonLines() {}

    /** What is done with each value; {@code number} counts from 0. */
    public interface Visitor<T> {
        void visit(int number, T value) throws IOException;
    }

    /** Reads all values, one at a time; closes the stream. */
    public static <T> void forEach(InputStream in, Class<T> type, Visitor<T> visitor) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                visitor.visit(number++, RowJson.MAPPER.readValue(line, type));
            }
        }
    }

    /** Reads {@code count} values from the given one on; closes the stream. */
    public static <T> List<T> slice(InputStream in, Class<T> type, int from, int count) throws IOException {
        List<T> found = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = lines.readLine(); line != null && found.size() < count; line = lines.readLine()) {
                if (number++ >= from) {
                    found.add(RowJson.MAPPER.readValue(line, type));
                }
            }
        }
        return found;
    }
}
