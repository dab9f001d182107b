package dev.paddock.llama.inference;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Set;

/** A model of another one's first layers: smaller, of the same vocabulary, and often of the same opinion. */
public final class FirstLayers implements WeightSource {
    private final WeightSource whole;
    private final LlamaConfig config;

    /** @param whole stays open as long as this is read */
    public FirstLayers(WeightSource whole, int layers) {
        this.whole = whole;
        LlamaConfig all = whole.config();
        this.config = new LlamaConfig(
                all.vocabularySize(),
                all.hiddenSize(),
                all.intermediateSize(),
                layers,
                all.heads(),
                all.keyValueHeads(),
                all.headSize(),
                all.normEpsilon(),
                all.ropeBase(),
                all.ropeScaling(),
                all.contextLength(),
                all.tiedEmbeddings(),
                all.attentionBias(),
                all.mlpBias(),
                all.bosTokenId(),
                all.eosTokenIds());
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return whole.names();
    }

    @Override
    public TensorInfo info(String name) {
        return whole.info(name);
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        whole.readRows(name, firstRow, rows, destination);
    }

    @Override
    public ByteBuffer raw(String name) {
        return whole.raw(name);
    }

    @Override
    public void close() {}
}
