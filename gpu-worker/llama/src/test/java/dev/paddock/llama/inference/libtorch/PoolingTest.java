package dev.paddock.llama.inference.libtorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.paddock.llama.Fixtures;
import dev.paddock.llama.inference.DocumentBatch;
import dev.paddock.llama.inference.Pooling;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Vectors of a random model in transformers and here: figures made by {@code benchmarks/reference/embedding_reference.py}. */
class PoolingTest {
    private static final double TOLERANCE = 2e-5;

    @ParameterizedTest
    @EnumSource
    void textsTogetherGiveTheVectorsOfTransformers(Pooling pooling) throws Exception {
        JsonNode figures = Fixtures.json("inference/embeddings.json");
        List<int[]> documents = new ArrayList<>();
        figures.forEach(row -> documents.add(Fixtures.ints(row.get("ids"))));
        float[] vectors;
        try (WeightSource source = ModelFiles.open(model());
                LibtorchExecutor executor = new LibtorchExecutor(source, Precision.FP32)) {
            vectors = executor.vectors(new DocumentBatch(documents, true, null, new long[0]), pooling);
        }
        for (int i = 0; i < documents.size(); i++) {
            JsonNode expected = figures.get(i).get(pooling.name().toLowerCase(Locale.ROOT));
            assertThat(vectors).hasSize(documents.size() * expected.size());
            for (int j = 0; j < expected.size(); j++) {
                assertThat(vectors[i * expected.size() + j])
                        .isCloseTo(expected.get(j).floatValue(), within((float) TOLERANCE));
            }
        }
    }

    private static Path model() throws Exception {
        return Path.of(Objects.requireNonNull(PoolingTest.class.getResource("/dev/paddock/llama/inference/tiny/model"))
                .toURI());
    }
}
