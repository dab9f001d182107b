package dev.paddock.llama.inference.hybrid;

import dev.paddock.kernels.CacheType;
import dev.paddock.llama.inference.libtorch.Precision;
import dev.paddock.llama.inference.vector.DenseKind;

/**
 * How a model is to be run.
 *
 * @param precision numbers in which libtorch computes
 * @param threads threads that compute few rows
 * @param vectors whether the Vector API may be used
 * @param compact whether weights of few bits are held once: libtorch then unpacks them layer by layer, which makes long prompts and
 *     large batches a little slower and saves it its own copy
 * @param compactCache whether keys and values are kept in 8 bits rather than in the numbers that are computed: half of bfloat16's memory
 * @param batchPrecision numbers in which products of several rows are computed, other than exact ones from a copy of the weights: more
 *     answers a second, whose numbers hang on how many others there are
 */
public record ExecutorOptions(
        Precision precision,
        int threads,
        boolean vectors,
        boolean compact,
        boolean compactCache,
        BatchPrecision batchPrecision) {
    /** With answers that are the same alone and among others. */
    public ExecutorOptions(Precision precision, int threads, boolean vectors, boolean compact, boolean compactCache) {
        this(precision, threads, vectors, compact, compactCache, BatchPrecision.EXACT);
    }

    DenseKind dense() {
        return precision == Precision.FP32 ? DenseKind.FP32 : DenseKind.BF16;
    }

    CacheType cacheType() {
        return compactCache ? CacheType.INT8 : dense().cacheType();
    }
}
