package dev.paddock.llama.merge;

import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.WeightSource;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A model with an adapter merged into it while it is read: {@code W + scale · B A} for the matrices that the adapter names. */
final class AdaptedWeights implements WeightSource {
    private final WeightSource base;
    private final Map<String, Update> updates = new HashMap<>();

    /** @throws dev.paddock.llama.config.UnsupportedModelException for an adapter of another model */
    AdaptedWeights(WeightSource base, LoraAdapter adapter) {
        JoinedUpdate.check(adapter, base.config());
        this.base = base;
        adapter.updates()
                .forEach((target, update) -> updates.put(target.projection().path(target.layer()) + ".weight", update));
    }

    @Override
    public LlamaConfig config() {
        return base.config();
    }

    @Override
    public Set<String> names() {
        return base.names();
    }

    @Override
    public TensorInfo info(String name) {
        return base.info(name);
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        int start = destination.position();
        base.readRows(name, firstRow, rows, destination);
        Update update = updates.get(name);
        if (update != null) {
            int columns = (int) info(name).columns();
            for (int row = 0; row < rows; row++) {
                add(update, (int) firstRow + row, destination, start + row * columns, columns);
            }
        }
    }

    /** Adds row {@code row} of {@code scale · B A}, {@code [columns]}. */
    private static void add(Update update, int row, FloatBuffer destination, int start, int columns) {
        float[] sum = new float[columns];
        for (int r = 0; r < update.rank(); r++) {
            float factor = update.b()[row * update.rank() + r];
            for (int column = 0; column < columns; column++) {
                sum[column] += factor * update.a()[r * columns + column];
            }
        }
        for (int column = 0; column < columns; column++) {
            float changed = (float) (destination.get(start + column) + update.scale() * sum[column]);
            destination.put(start + column, changed);
        }
    }

    @Override
    public ByteBuffer raw(String name) {
        throw new UnsupportedOperationException(name + " is merged while it is read and has no stored bytes");
    }

    @Override
    public void close() {
        base.close();
    }
}
