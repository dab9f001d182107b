package dev.paddock.methods.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Full fine-tuning ends in a model that needs no other. */
class FullTest {
    private static final String EMBEDDING = "model.embed_tokens.weight";

    @Test
    void theResultIsAModelWithItsBasesTokenizer(@TempDir Path folder) throws IOException {
        Runs.writeRows(folder, 8);
        Runs runs = new Runs(folder, "full", "full", "sft");

        runs.train(Runs.json("{\"learningRate\":0.01,\"sequenceLength\":128}"), "model", new Runs.Attempt(100), null);

        Path base = TinyModelFiles.folder();
        Path model = folder.resolve("model");
        try (Tokenizer tokenizer = Tokenizers.of(model);
                WeightSource before = ModelFiles.open(base);
                WeightSource after = ModelFiles.open(model)) {
            assertThat(tokenizer.vocabularySize()).isEqualTo(before.config().vocabularySize());
            assertThat(after.config()).isEqualTo(before.config());
            assertThat(embedding(after)).isNotEqualTo(embedding(before));
        }
        assertThat(model.resolve("tokenizer_config.json"))
                .hasSameTextualContentAs(base.resolve("tokenizer_config.json"));
        assertThat(model.resolve("adapter_config.json")).doesNotExist();
    }

    private static FloatBuffer embedding(WeightSource weights) {
        FloatBuffer numbers = FloatBuffer.allocate((int) weights.info(EMBEDDING).elements());
        weights.read(EMBEDDING, numbers);
        return numbers.flip();
    }
}
