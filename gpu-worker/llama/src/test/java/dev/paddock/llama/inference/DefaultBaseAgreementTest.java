package dev.paddock.llama.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.paddock.llama.DefaultBase;
import dev.paddock.llama.inference.libtorch.LibtorchExecutor;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;
import dev.paddock.llama.inference.vector.VectorExecutor;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The default base in fp32 against transformers in fp32. */
final class DefaultBaseAgreementTest {
    @Test
    void libtorchAgreesWithTransformers() {
        assertAgrees(source -> new LibtorchExecutor(source, Precision.FP32));
    }

    @Test
    void theVectorApiAgreesWithTransformers() {
        assertAgrees(source -> new VectorExecutor(source, DenseKind.FP32, 2));
    }

    private static void assertAgrees(Function<WeightSource, Executor> create) {
        Path path = DefaultBase.require();
        ReferenceFigures reference = new ReferenceFigures("default-base.json");
        try (WeightSource source = ModelFiles.open(path);
                Executor executor = create.apply(source)) {
            reference.assertLogits(executor);
            reference.assertGreedy(executor);
            reference.assertLikelihood(executor);
            assertThat(reference.scored()).isGreaterThan(10_000);
        }
    }
}
