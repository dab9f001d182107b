package dev.paddock.llama.inference.vector;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.TinyModelAgreement;
import dev.paddock.llama.weights.WeightSource;
import org.junit.jupiter.api.condition.EnabledIf;

@EnabledIf(value = "dev.paddock.kernels.Kernels#available", disabledReason = "vectors of 256 bits are missing")
final class VectorTinyModelAgreementTest extends TinyModelAgreement {
    @Override
    protected Executor executor(WeightSource source) {
        return new VectorExecutor(source, DenseKind.FP32, 1);
    }
}
