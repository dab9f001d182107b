package dev.paddock.worker.estimate;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Rows out of a file, evenly over it.
 *
 * @param file a temporary file that holds them
 * @param share of all rows; 1 for all
 */
public record SampledRows(Path file, double share) implements AutoCloseable {
    private static final int MOST = 2000;

    /** At most {@value #MOST} rows of a file of JSON Lines. */
    public static SampledRows of(Path rows) {
        try {
            long count = lines(rows);
            long every = Math.max(1, (count + MOST - 1) / MOST);
            Path sample = Files.createTempFile("rows", ".jsonl");
            long kept = 0;
            try (var in = Files.newBufferedReader(rows);
                    BufferedWriter out = Files.newBufferedWriter(sample)) {
                long number = 0;
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    if (number++ % every == 0) {
                        out.write(line + "\n");
                        kept++;
                    }
                }
            }
            return new SampledRows(sample, count == 0 ? 1 : (double) kept / count);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path rows) throws IOException {
        try (var lines = Files.lines(rows)) {
            return lines.count();
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
