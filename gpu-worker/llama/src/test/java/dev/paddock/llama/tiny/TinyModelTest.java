package dev.paddock.llama.tiny;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyModelTest {
    private static final int DOCUMENTS = 200;

    @TempDir
    private Path folder;

    @Test
    void theRecipeGivesTheSameBytesEachTime() throws IOException {
        assertThat(made("first"))
                .isEqualTo(made("second"))
                .containsKeys("config.json", "tokenizer.json", "model.safetensors");
    }

    private Map<String, String> made(String name) throws IOException {
        Path model = folder.resolve(name);
        TinyModel.make(model, DOCUMENTS, progress -> {});
        Map<String, String> files = new TreeMap<>();
        try (var list = Files.list(model)) {
            for (Path file : list.toList()) {
                files.put(
                        String.valueOf(file.getFileName()),
                        java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
            }
        }
        return files;
    }
}
