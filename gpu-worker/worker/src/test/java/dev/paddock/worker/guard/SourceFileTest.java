package dev.paddock.worker.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.kit.artifacts.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Public files as the caller has them. */
class SourceFileTest {
    @TempDir
    private Path folder;

    @Test
    void readsTheRowsOfACsvFileThatFitTheCondition() throws IOException {
        byte[] bytes = bytes("kind,text\r\na,\"say \"\"hi\"\", then\nleave\"\r\nb,no\na, yes \n");
        GuardSource source = source("rows.csv", "csv", bytes, Map.of("kind", "a"));
        assertThat(SourceFile.texts(folder, source)).containsExactly("say \"hi\", then\nleave", "yes");
    }

    @Test
    void unpacksAndTakesTheFirstOfAList() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes("{\"text\": [\"one\", \"two\"]}\n{\"text\": \"three\"}\n\n"));
        }
        GuardSource source = source("rows.jsonl.gz", "jsonl", packed.toByteArray(), Map.of());
        assertThat(SourceFile.texts(folder, source)).containsExactly("one", "three");
    }

    @Test
    void refusesAFileThatIsNotTheNamedOne() throws IOException {
        GuardSource source = source("rows.json", "json", bytes("[{\"text\": \"one\"}]"), Map.of());
        Files.writeString(folder.resolve("rows.json"), "[{\"text\": \"two\"}]");
        assertThatThrownBy(() -> SourceFile.texts(folder, source))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows.json")
                .hasMessageContaining(source.sha256());
    }

    @Test
    void saysWhichFileIsMissing() throws IOException {
        GuardSource source = source("rows.json", "json", bytes("[]"), Map.of());
        Files.delete(folder.resolve("rows.json"));
        assertThatThrownBy(() -> SourceFile.texts(folder, source))
                .hasMessageContaining("somebody/rows")
                .hasMessageContaining("rows.json");
    }

    @Test
    void readsRowsThatAreListsWithinAProperty() throws IOException {
        byte[] content = bytes("{\"train\":[[\"how long do I cook rice\",\"cook_time\"]],\"val\":[[\"no\",\"no\"]]}");
        Files.write(folder.resolve("lists.json"), content);
        GuardSource source = new GuardSource(
                "lists",
                "lists.json",
                Digest.of(content).hex(),
                "MIT",
                "somebody/lists",
                "json",
                "train",
                "0",
                Map.of(),
                "user",
                null,
                false,
                0,
                1,
                0);
        assertThat(SourceFile.texts(folder, source)).containsExactly("how long do I cook rice");
    }

    private GuardSource source(String name, String format, byte[] bytes, Map<String, String> where) throws IOException {
        Files.write(folder.resolve(name), bytes);
        String sha256 = Digest.of(bytes).hex();
        return new GuardSource(
                "rows",
                name,
                sha256,
                "MIT",
                "somebody/rows",
                format,
                null,
                "text",
                where,
                "user",
                null,
                false,
                0,
                1,
                1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
