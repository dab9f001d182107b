package dev.paddock.worker.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Changes one byte of a stored blob, as a fault or an intruder would. */
final class TamperedBlob {
    private TamperedBlob() {}

    static void change(Path store, String hex) throws IOException {
        try (Stream<Path> files = Files.walk(store)) {
            Path blob = files.filter(file -> file.toString().replace("/", "").endsWith(hex))
                    .filter(Files::isRegularFile)
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(blob);
            bytes[bytes.length - 1] ^= 1;
            if (!blob.toFile().setWritable(true)) {
                throw new IOException(blob + " stays read-only");
            }
            Files.write(blob, bytes);
        }
    }
}
