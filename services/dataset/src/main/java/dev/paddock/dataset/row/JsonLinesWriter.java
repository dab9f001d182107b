package dev.paddock.dataset.row;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes one JSON value a line. */
public final class JsonLinesWriter implements AutoCloseable {
    private final BufferedWriter out;
    private int written;

    public JsonLinesWriter(Path file) throws IOException {
        this.out = Files.newBufferedWriter(file, StandardCharsets.UTF_8);
    }

    public void write(Object value) throws IOException {
        out.write(RowJson.MAPPER.writeValueAsString(value));
        out.write('\n');
        written++;
    }

    public int written() {
        return written;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
