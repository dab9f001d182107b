package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Matrix;
import dev.paddock.llama.weights.WeightSource;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A model's weights.
 *
 * @param embedding {@code [V, D]}, read row by row
 * @param layers in their order
 * @param norm the last one, {@code [D]}
 * @param output {@code [V, D]}; the embedding itself where they are tied
 */
@SuppressWarnings("ArrayRecordComponent")
record DecoderWeights(Matrix embedding, List<DecoderLayer> layers, float[] norm, Matrix output) {
    /** Reads several layers at a time. */
    static DecoderWeights read(WeightSource source, DenseKind dense) {
        MatrixReader reader = new MatrixReader(source, dense);
        Matrix embedding = reader.matrix("model.embed_tokens.weight");
        List<DecoderLayer> layers = IntStream.range(0, source.config().layers())
                .parallel()
                .mapToObj(layer -> DecoderLayer.read(reader, layer))
                .toList();
        Matrix output = source.config().tiedEmbeddings() ? embedding : reader.matrix("lm_head.weight");
        return new DecoderWeights(embedding, layers, reader.vector("model.norm.weight"), output);
    }

    long bytes() {
        long outer = embedding.bytes() + (output == embedding ? 0 : output.bytes()) + (long) norm.length * Float.BYTES;
        return outer + layers.stream().mapToLong(DecoderLayer::bytes).sum();
    }
}
