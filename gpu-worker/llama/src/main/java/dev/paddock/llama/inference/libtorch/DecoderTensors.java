package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.torch.ScriptValue;
import dev.paddock.llama.torch.TensorScope;
import java.util.List;

/** A model's weights in libtorch, and the passes through its layers. */
interface DecoderTensors extends AutoCloseable {
    /**
     * Takes a step's rows through all layers, caches included: the last layer's {@code [N, D]}.
     *
     * @param acted takes the weights with which adapters under gates act on each row, fp32 {@code [N, adapters]}
     */
    NDArray decode(TensorScope step, StepLayout layout, AdapterSet adapters, NDArray acted);

    /** Takes documents through all layers, without a cache: the last layer's {@code [N, D]}; {@code acted} as above. */
    NDArray read(TensorScope step, DocumentPass pass, AdapterSet adapters, NDArray acted);

    /** Logits of some of the last layer's rows, fp32 {@code [R, V]}. */
    float[] logits(TensorScope step, NDArray hidden, long[] rows);

    /**
     * Scores some of the last layer's rows.
     *
     * @return log-probabilities of the targets {@code [R]}, the likeliest tokens' ids int64 {@code [R, alternatives]} and their
     *     log-probabilities
     */
    List<NDArray> scores(TensorScope step, NDArray hidden, long[] rows, long[] targets, int alternatives);

    /** The list that {@link DecoderScript} takes. */
    ScriptValue argument();

    /** The matrices of a layer's product, row by row. */
    BaseRows rows(int layer, Group product);

    /** A product's bias, or nothing. */
    float[] bias(int layer, Group product);

    /** Bytes of libtorch's memory that the weights take. */
    long bytes();

    @Override
    void close();
}
