package dev.paddock.worker.guard;

import dev.paddock.kit.artifacts.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** The texts of a source, from bytes that are exactly the named ones. */
final class SourceFile {
    private static final long LARGEST = 64L << 20;
    private static final int LONGEST_TEXT = 400;

    private SourceFile() {}

    /**
     * Texts in the file's order, blank ones left out, each cut to its first 400 characters.
     *
     * @throws IllegalArgumentException when the file is missing, too large or not the one that the recipe names
     */
    static List<String> texts(Path folder, GuardSource source) throws IOException {
        String content = content(folder.resolve(source.path()), source);
        List<String> texts = new ArrayList<>();
        if (source.format().equals("csv")) {
            for (Map<String, String> row : Csv.rows(content)) {
                if (source.where().entrySet().stream()
                        .allMatch(e -> e.getValue().equals(row.get(e.getKey())))) {
                    texts.add(row.getOrDefault(source.field(), ""));
                }
            }
        } else {
            nodes(content, source).forEach(node -> texts.add(text(field(node, source.field()))));
        }
        return texts.stream()
                .map(SourceFile::cut)
                .filter(text -> !text.isEmpty())
                .distinct()
                .toList();
    }

    private static String content(Path file, GuardSource source) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            throw new IllegalArgumentException("source " + source.name() + " (" + source.origin() + ", "
                    + source.licence() + ") is expected at " + file + ", at most " + LARGEST + " bytes");
        }
        byte[] bytes = Files.readAllBytes(file);
        String digest = Digest.of(bytes).hex();
        if (!digest.equals(source.sha256())) {
            throw new IllegalArgumentException(
                    file + " has SHA-256 " + digest + "; the recipe was made with " + source.sha256());
        }
        return source.path().endsWith(".gz") ? unpacked(bytes) : new String(bytes, StandardCharsets.UTF_8);
    }

    private static String unpacked(byte[] bytes) throws IOException {
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(in.readNBytes((int) LARGEST), StandardCharsets.UTF_8);
        }
    }

    private static JsonNode field(JsonNode row, String field) {
        return row.isArray() ? row.path(Integer.parseInt(field)) : row.path(field);
    }

    private static List<JsonNode> nodes(String content, GuardSource source) {
        List<JsonNode> nodes = new ArrayList<>();
        if (source.format().equals("json")) {
            JsonNode root = Resources.JSON.readTree(content);
            (source.within() == null ? root : root.path(source.within())).forEach(nodes::add);
        } else {
            content.lines().filter(line -> !line.isBlank()).forEach(line -> nodes.add(Resources.JSON.readTree(line)));
        }
        return nodes;
    }

    private static String text(JsonNode value) {
        return value.isArray() ? value.path(0).asString("") : value.asString("");
    }

    private static String cut(String text) {
        String stripped = text.strip();
        int end = Math.min(stripped.length(), LONGEST_TEXT);
        return stripped.substring(0, end).strip();
    }
}
