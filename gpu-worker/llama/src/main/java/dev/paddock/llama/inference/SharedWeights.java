package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.BaseRows;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.torch.ScalarType;
import java.nio.ByteBuffer;

/**
 * A model's weights as one executor holds them in few bits, for another one that takes them matrix by matrix in the numbers in
 * which it computes. For the model's own thread.
 */
public interface SharedWeights extends BaseRows {
    /** The numbers that are written: fp32, or bfloat16 to which they are rounded to nearest, ties to even. */
    ScalarType type();

    /** A layer's norm before attention, {@code [D]}. */
    float[] attentionNorm(int layer);

    /** A layer's norm before the feed-forward part, {@code [D]}. */
    float[] feedForwardNorm(int layer);

    /** The last norm, {@code [D]}. */
    float[] norm();

    /** A product's bias, or nothing. */
    float[] bias(int layer, Group product);

    /** Numbers from one input's outputs to the next one's in what {@link #unpack} writes; the outputs are the first of them. */
    int stride(Group product);

    /**
     * Writes a layer's product.
     *
     * @param into takes {@code [inputs, stride]} in native order
     */
    void unpack(int layer, Group product, ByteBuffer into);

    /** Writes a token's embedding in fp32 to {@code into} from {@code at} on. */
    void embedding(int token, float[] into, int at);

    /**
     * The product with the vocabulary, for few rows.
     *
     * @param normed {@code [rows, D]} after the last norm
     * @return logits {@code [rows, V]}
     */
    float[] outputs(float[] normed, int rows);

    /** Outputs of the vocabulary that {@link #unpackOutput} writes at once, the last time fewer. */
    int outputsAtOnce();

    /**
     * Writes a part of the product with the vocabulary.
     *
     * @param first first token, a multiple of {@link #outputsAtOnce}
     * @param into takes {@code [D, outputsAtOnce]} in native order
     */
    void unpackOutput(int first, ByteBuffer into);
}
