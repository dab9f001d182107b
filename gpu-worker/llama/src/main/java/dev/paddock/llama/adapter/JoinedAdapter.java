package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** An adapter whose updates are joined as a model's products are, layer by layer, for any executor of that model. */
public final class JoinedAdapter {
    /** Where the base's matrices are read. */
    @FunctionalInterface
    public interface Base {
        /** The matrices of a layer's product. */
        BaseRows of(int layer, Group product);
    }

    private final AdapterSource adapter;
    private final LlamaConfig config;
    private final Base base;

    /**
     * Begins with an adapter.
     *
     * @param base matrices whose norms DoRA divides by; not read for other forms
     * @throws dev.paddock.llama.config.UnsupportedModelException naming what of it cannot be served
     */
    public JoinedAdapter(AdapterSource adapter, LlamaConfig config, Base base) {
        this.adapter = new ServableAdapter(adapter, config);
        this.config = config;
        this.base = base;
    }

    /**
     * Reads and joins the updates of one layer after the other; no layer's numbers are kept.
     *
     * @param layers takes the updates of the layer's products
     * @throws dev.paddock.llama.config.UnsupportedModelException naming an update that does not fit the model
     * @throws dev.paddock.llama.config.MalformedModelFileException as {@link AdapterSource#update} does
     */
    public void forEachLayer(Consumer<Map<Group, JoinedUpdate>> layers) {
        for (int layer = 0; layer < config.layers(); layer++) {
            Map<Group, JoinedUpdate> updates = new EnumMap<>(Group.class);
            for (Group product : Group.values()) {
                updates.put(product, JoinedUpdate.of(adapter, layer, product, config, base.of(layer, product)));
            }
            layers.accept(updates);
        }
    }
}
