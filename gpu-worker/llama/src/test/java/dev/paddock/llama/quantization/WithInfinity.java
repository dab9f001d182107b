package dev.paddock.llama.quantization;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Set;

/** Another model, one of whose matrices begins with a number that is not finite. */
record WithInfinity(WeightSource source) implements WeightSource {
    @Override
    public LlamaConfig config() {
        return source.config();
    }

    @Override
    public Set<String> names() {
        return source.names();
    }

    @Override
    public TensorInfo info(String name) {
        return source.info(name);
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        int start = destination.position();
        source.readRows(name, firstRow, rows, destination);
        if (name.equals("model.layers.0.mlp.up_proj.weight") && firstRow == 0) {
            destination.put(start, Float.POSITIVE_INFINITY);
        }
    }

    @Override
    public ByteBuffer raw(String name) {
        return source.raw(name);
    }

    @Override
    public void close() {}
}
