package dev.paddock.llama.inference.vector;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.TinyModelAgreement;
import dev.paddock.llama.weights.WeightSource;

final class VectorTinyModelAgreementTest extends TinyModelAgreement {
    @Override
    protected Executor executor(WeightSource source) {
        return new VectorExecutor(source, DenseKind.FP32, 1);
    }
}
