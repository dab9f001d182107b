package dev.paddock.llama.inference.vector;

import dev.paddock.llama.adapter.Projection.Group;

/** One block's weights: norms {@code [D]} and products. */
@SuppressWarnings("ArrayRecordComponent")
record DecoderLayer(
        float[] attentionNorm,
        Linear queryKeyValue,
        Linear output,
        float[] feedForwardNorm,
        Linear gateUp,
        Linear down) {
    static DecoderLayer read(MatrixReader reader, int layer) {
        String prefix = "model.layers." + layer + ".";
        return new DecoderLayer(
                reader.vector(prefix + "input_layernorm.weight"),
                reader.linear(layer, Group.QKV),
                reader.linear(layer, Group.O),
                reader.vector(prefix + "post_attention_layernorm.weight"),
                reader.linear(layer, Group.GATE_UP),
                reader.linear(layer, Group.DOWN));
    }

    /** The weights of a product. */
    Linear of(Group product) {
        return switch (product) {
            case QKV -> queryKeyValue;
            case O -> output;
            case GATE_UP -> gateUp;
            case DOWN -> down;
        };
    }

    long bytes() {
        long norms = (long) Float.BYTES * (attentionNorm.length + feedForwardNorm.length);
        return norms + queryKeyValue.bytes() + output.bytes() + gateUp.bytes() + down.bytes();
    }
}
