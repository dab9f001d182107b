package dev.paddock.worker.guard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The recipe's own files. */
final class Resources {
    static final JsonMapper JSON = JsonMapper.shared();

    private Resources() {}

    static <T> T json(String name, TypeReference<T> type) {
        return JSON.readValue(text(name), type);
    }

    static <T> List<T> lines(String name, Class<T> type) {
        return text(name)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> JSON.readValue(line, type))
                .toList();
    }

    static byte[] bytes(String name) {
        try (InputStream in = Resources.class.getResourceAsStream("/starter-guard/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String name) {
        return new String(bytes(name), StandardCharsets.UTF_8);
    }
}
