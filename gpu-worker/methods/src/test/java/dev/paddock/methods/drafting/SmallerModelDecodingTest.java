package dev.paddock.methods.drafting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.draft.Drafter;
import dev.paddock.llama.inference.draft.Speculation;
import dev.paddock.llama.inference.hybrid.ExecutorOptions;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.sampling.SamplingParameters;
import dev.paddock.llama.tiny.TinyModelFiles;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.llama.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SmallerModelDecodingTest {
    private static final String BASE = "sha256:" + "0".repeat(64);
    private static final String OTHER = "sha256:" + "1".repeat(64);
    private static final ExecutorOptions OPTIONS = new ExecutorOptions(Precision.FP32, 1, false, true, false);

    @TempDir
    Path temporary;

    private final SmallerModelDecoding method = new SmallerModelDecoding();
    private final List<Long> rooms = new ArrayList<>();

    @Test
    void theModelGuessesForThoseItIsMeantFor() {
        Speculation speculation = speculation(params(OTHER, Set.of(BASE)), TinyModelFiles.folder())
                .orElseThrow();
        try (Drafter drafter = speculation.drafter()) {
            assertThat(rooms).hasSize(1).allMatch(bytes -> bytes >= drafter.weightBytes());
            assertThat(drafter.cacheBytesPerToken()).isPositive();
            DraftTask task = new DraftTask(1, new int[] {1, 20, 30}, 3, 9, 4, SamplingParameters.greedy());
            assertThat(drafter.draft(List.of(task)))
                    .first()
                    .extracting(Draft::size)
                    .isEqualTo(4);
        }
        assertThat(speculation.tokens()).isEqualTo(5);
        assertThat(speculation(params(OTHER, Set.of(OTHER)), TinyModelFiles.folder()))
                .isEmpty();
        assertThat(speculation(params(BASE, Set.of()), TinyModelFiles.folder()))
                .as("a model does not guess for itself")
                .isEmpty();
        assertThatThrownBy(() -> method.check(params(null, Set.of()))).hasMessageContaining("name the smaller model");
    }

    @Test
    void anotherVocabularyIsRefusedBeforeWeightsAreRead() throws IOException {
        TinyModelFiles.copyTo(temporary);
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Path path = temporary.resolve(file);
            Files.writeString(path, Files.readString(path).replace("<|im_end|>", "<|im_done|>"));
        }
        assertThatThrownBy(() -> speculation(params(OTHER, Set.of()), temporary))
                .isInstanceOf(UnsupportedModelException.class)
                .hasMessageContaining("a draft model must have the model's vocabulary");
        assertThat(rooms).isEmpty();
    }

    private Optional<Speculation> speculation(SmallerModelDecoding.Params params, Path folder) {
        try (Tokenizer tokenizer = Tokenizers.of(TinyModelFiles.folder())) {
            return method.speculation(
                    params, new DraftingInput(BASE, tokenizer, digest -> folder, OPTIONS, rooms::add));
        }
    }

    private static SmallerModelDecoding.Params params(@Nullable String model, Set<String> bases) {
        return new SmallerModelDecoding.Params(new DraftingParams(5, 8), model, bases, DraftSampling.GREEDY);
    }
}
