package dev.paddock.llama.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.weights.Gguf;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * llama.cpp's published tokenizer fixtures. The vocabularies have licences of their own and do not lie here:
 * {@code benchmarks/reference/llama_cpp_vocabularies.sh} fetches them.
 */
class LlamaCppVocabularyTest {
    private static final String SEPARATOR = "\n__ggml_vocab_test__\n";

    @TempDir
    Path temporary;

    @ParameterizedTest
    @ValueSource(strings = {"llama-spm", "llama-bpe", "gpt-2", "starcoder"})
    void everyTextHasThePublishedIds(String name) throws IOException {
        try (Tokenizer tokenizer = Tokenizers.of(vocabulary(name))) {
            assertPublished(tokenizer, name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama-spm", "llama-bpe", "gpt-2", "starcoder"})
    void asTokenizerJsonItHasThemToo(String name) throws IOException {
        Map<String, ObjectNode> files = GgufTokenizerFiles.of(metadata(vocabulary(name)), 2048);
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            Files.writeString(temporary.resolve(file.getKey()), file.getValue().toString());
        }
        Files.writeString(temporary.resolve("config.json"), "{}");
        try (Tokenizer tokenizer = Tokenizers.of(temporary)) {
            assertPublished(tokenizer, name);
        }
    }

    private static void assertPublished(Tokenizer tokenizer, String name) throws IOException {
        Path vocabulary = vocabulary(name);
        String[] texts = Files.readString(Path.of(vocabulary + ".inp")).split(SEPARATOR, -1);
        List<String> lines = Files.readAllLines(Path.of(vocabulary + ".out"));
        assertThat(lines).hasSizeGreaterThan(40).hasSizeLessThanOrEqualTo(texts.length);
        for (int i = 0; i < lines.size(); i++) {
            int[] ids = Arrays.stream(lines.get(i).split(" "))
                    .filter(id -> !id.isEmpty())
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(tokenizer.encodeOrdinary(texts[i])).as(texts[i]).isEqualTo(ids);
        }
    }

    private static Map<String, Object> metadata(Path vocabulary) {
        try (Gguf file = Gguf.open(vocabulary)) {
            return file.metadata();
        }
    }

    private static Path vocabulary(String name) {
        String named = System.getenv("PADDOCK_LLAMA_CPP_VOCABULARIES");
        String home = System.getenv("PADDOCK_HOME");
        Path checkout = Path.of("").toAbsolutePath().resolve("../..").normalize();
        Path folder = named != null
                ? Path.of(named)
                : (home != null ? Path.of(home) : checkout.resolve(".paddock")).resolve("reference/llama.cpp");
        Path file = folder.resolve("ggml-vocab-" + name + ".gguf");
        Assumptions.assumeTrue(
                Files.exists(file),
                "skipped: llama.cpp's vocabulary " + name
                        + " is missing; benchmarks/reference/llama_cpp_vocabularies.sh fetches it");
        return file;
    }
}
