package dev.paddock.benchmarks.machine;

import dev.paddock.benchmarks.Figure.MachineLimit;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.torch.ScalarType;
import java.util.Locale;

/** What a model's mathematics costs, and so how fast the machine could go at it. */
public final class ModelWork {
    private static final int MATRIX = 2048;
    private static final int MEBIBYTES = 512;

    private final long blockNumbers;
    private final long outputNumbers;
    private final Precision precision;

    public ModelWork(LlamaConfig config, Precision precision) {
        long attention = 2L * config.hiddenSize() * (config.querySize() + config.keyValueSize());
        long forward = 3L * config.hiddenSize() * config.intermediateSize();
        blockNumbers = config.layers() * (attention + forward);
        outputNumbers = (long) config.vocabularySize() * config.hiddenSize();
        this.precision = precision;
    }

    /** Tokens a second of training adapters: every matrix twice, forward and for the gradient of its input. */
    public MachineLimit training(MachineLimits limits) {
        return products(limits, 4 * (blockNumbers + outputNumbers));
    }

    /** Tokens a second of training every weight: each matrix three times, the gradient of the matrix itself among them. */
    public MachineLimit fullTraining(MachineLimits limits) {
        return products(limits, 6 * (blockNumbers + outputNumbers));
    }

    /** Tokens a second of a prompt whose last position alone gets logits. */
    public MachineLimit prefill(MachineLimits limits) {
        return products(limits, 2 * blockNumbers);
    }

    /** Tokens a second of one stream: every number of the model is read for each token. */
    public MachineLimit decode(MachineLimits limits) {
        double read = limits.read(MEBIBYTES);
        double bytes = (double) (blockNumbers + outputNumbers) * (precision == Precision.BF16 ? 2.0 : 4.0);
        String what = String.format(Locale.ROOT, "every weight read once a token at %.1f GB/s", read / 1e9);
        return new MachineLimit(what, read / bytes);
    }

    private MachineLimit products(MachineLimits limits, long operationsPerToken) {
        double rate = limits.gemm(precision == Precision.BF16 ? ScalarType.BFLOAT16 : ScalarType.FLOAT32, MATRIX);
        String what = String.format(Locale.ROOT, "nothing but products at %.0f GFLOP/s", rate / 1e9);
        return new MachineLimit(what, rate / (double) operationsPerToken);
    }
}
