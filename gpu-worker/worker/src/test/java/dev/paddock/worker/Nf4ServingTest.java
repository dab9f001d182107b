package dev.paddock.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.quantization.Nf4Folder;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A version in NF4 is served as a base, with adapters too; a damaged one is refused. */
class Nf4ServingTest extends WorkerStory {
    private static final String PROMPT = "\"prompts\":[\"Hello there, how are you today\"]";
    /** Of the tokens' log-probabilities, on average. */
    private static final double MOST_DIFFERENCE = 0.6;

    @Test
    void itSaysNearlyWhatItWasMadeOfSays() throws IOException {
        String quantized = store.putFolder(quantized()).value();
        double[] expected = scores(base(), null);
        double[] bare = scores(quantized, null);
        double[] adapted = scores(quantized, TestModels.adapter(store, temporary.resolve("adapter"), 5));
        assertThat(difference(bare, expected)).isBetween(1e-3, MOST_DIFFERENCE);
        assertThat(difference(adapted, bare)).isGreaterThan(1e-3);
    }

    @Test
    void oneThatIsCutShortIsRefused() throws IOException {
        Path folder = quantized();
        Path weights = folder.resolve("model.safetensors");
        byte[] bytes = Files.readAllBytes(weights);
        Files.write(weights, Arrays.copyOf(bytes, bytes.length - 1));
        assertProblem(request(store.putFolder(folder).value(), null, PROMPT, 1, ""), 422, "malformed-artifact");
    }

    private Path quantized() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("nf4"));
        try (WeightSource source = ModelFiles.open(TinyModelFiles.folder())) {
            Nf4Folder.write(source, TinyModelFiles.folder(), folder, () -> {});
        }
        return folder;
    }

    /** Log-probabilities of the prompt's tokens after the first one. */
    private double[] scores(String base, @Nullable String adapter) {
        JsonNode tokens = service()
                .post(COMPLETIONS, request(base, adapter, PROMPT, 0, ",\"logprobs\":0,\"echo\":true"))
                .json()
                .path("completions")
                .path(0)
                .path("logprobs");
        assertThat(tokens.size()).isGreaterThan(3);
        return IntStream.range(1, tokens.size())
                .mapToDouble(at -> tokens.path(at).path("logprob").asDouble())
                .toArray();
    }

    private static double difference(double[] one, double[] other) {
        assertThat(one).hasSameSizeAs(other);
        return IntStream.range(0, one.length)
                .mapToDouble(i -> Math.abs(one[i] - other[i]))
                .average()
                .orElse(0);
    }
}
