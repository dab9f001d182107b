package dev.paddock.llama.merge;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Set;

/** Weights as fp32 bytes, for an executor that wants stored bytes of what is computed while it is read. */
record Copied(WeightSource source) implements WeightSource {
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
        return new TensorInfo(TensorType.F32, source.info(name).shape());
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        source.readRows(name, firstRow, rows, destination);
    }

    @Override
    public ByteBuffer raw(String name) {
        ByteBuffer bytes = ByteBuffer.allocateDirect((int) info(name).bytes()).order(ByteOrder.LITTLE_ENDIAN);
        source.read(name, bytes.asFloatBuffer());
        return bytes;
    }

    @Override
    public void close() {
        source.close();
    }
}
