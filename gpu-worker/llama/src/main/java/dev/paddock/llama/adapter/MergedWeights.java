package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.ModelFiles;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A model with an adapter merged into it while it is read: LoRA and DoRA into the matrices that they name, modules that were trained
 * whole in the place of the base's. Where the adapter's output matrix is no longer the embedding, the model has both.
 */
public final class MergedWeights implements WeightSource {
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String OUTPUT = "lm_head.weight";

    private final WeightSource base;
    private final LoraAdapter adapter;
    private final LlamaConfig config;
    private final Map<String, Update> updates = new HashMap<>();

    /**
     * Takes a base, which is closed with this.
     *
     * @throws dev.paddock.llama.config.UnsupportedModelException for an adapter of another model, or one with a tanh, which is no
     *     change of a matrix
     */
    public MergedWeights(WeightSource base, LoraAdapter adapter) {
        AdapterRules.requireMergeable(adapter, base.config());
        this.base = base;
        this.adapter = adapter;
        LlamaConfig own = base.config();
        boolean replaced =
                adapter.modules().containsKey(EMBEDDING) || adapter.modules().containsKey(OUTPUT);
        config = own.tiedEmbeddings() && replaced && !adapter.tiesOutput() ? own.untied() : own;
        adapter.updates()
                .forEach((target, update) -> updates.put(target.projection().path(target.layer()) + ".weight", update));
    }

    /** Opens a model, with the adapter of a folder in PEFT's layout merged into it where there is one. */
    public static WeightSource open(Path model, @Nullable Path adapter) {
        WeightSource weights = ModelFiles.open(model);
        try {
            return adapter == null ? weights : new MergedWeights(weights, PeftAdapter.read(adapter));
        } catch (RuntimeException failure) {
            weights.close();
            throw failure;
        }
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(base.names());
        if (!config.tiedEmbeddings()) {
            names.add(OUTPUT);
        }
        return names;
    }

    /** The base's tensor that a name stands for: a tied base has its output matrix under the embedding's. */
    private String inBase(String name) {
        return name.equals(OUTPUT) && base.config().tiedEmbeddings() ? EMBEDDING : name;
    }

    @Override
    public TensorInfo info(String name) {
        TensorInfo info = base.info(inBase(name));
        return updates.containsKey(name) || adapter.modules().containsKey(name)
                ? new TensorInfo(info.type().quantized() ? TensorType.F32 : info.type(), info.shape())
                : info;
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        int columns = (int) info(name).columns();
        SavedTensor saved = adapter.modules().get(name);
        if (saved != null) {
            destination.put(saved.values(), (int) firstRow * columns, (int) rows * columns);
            return;
        }
        int start = destination.position();
        base.readRows(inBase(name), firstRow, rows, destination);
        Update update = updates.get(name);
        if (update != null) {
            float[] row = new float[columns];
            for (int i = 0; i < rows; i++) {
                destination.get(start + i * columns, row);
                AdaptedRow.merge(update, (int) firstRow + i, row);
                destination.put(start + i * columns, row);
            }
        }
    }

    @Override
    public long storedBytes(String name) {
        boolean merged = updates.containsKey(name) || adapter.modules().containsKey(name);
        return merged ? info(name).bytes() : base.storedBytes(inBase(name));
    }

    @Override
    public ByteBuffer raw(String name) {
        if (updates.containsKey(name) || adapter.modules().containsKey(name)) {
            throw new UnsupportedOperationException(name + " is merged while it is read and has no stored bytes");
        }
        return base.raw(inBase(name));
    }

    @Override
    public void close() {
        base.close();
    }
}
