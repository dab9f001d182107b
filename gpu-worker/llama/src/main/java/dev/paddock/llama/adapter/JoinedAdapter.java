package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An adapter whose updates are joined as a model's products are, for any executor of that model. */
public final class JoinedAdapter {
    /** Where the base's matrices are read. */
    @FunctionalInterface
    public interface Base {
        /** The matrices of a layer's product. */
        BaseRows of(int layer, Group product);
    }

    private final List<Map<Group, JoinedUpdate>> layers = new ArrayList<>();
    private final int routed;

    /**
     * Joins an adapter's updates.
     *
     * @param base matrices whose norms DoRA divides by; not read for other forms
     * @throws dev.paddock.llama.config.UnsupportedModelException naming an update that does not fit the model
     */
    public JoinedAdapter(LoraAdapter adapter, LlamaConfig config, Base base) {
        AdapterRules.requireServable(adapter, config);
        routed = adapter.routed();
        for (int layer = 0; layer < config.layers(); layer++) {
            Map<Group, JoinedUpdate> updates = new EnumMap<>(Group.class);
            for (Group product : Group.values()) {
                updates.put(product, JoinedUpdate.of(adapter, layer, product, config, base.of(layer, product)));
            }
            layers.add(updates);
        }
    }

    /** The update of a product. */
    public JoinedUpdate of(int layer, Group product) {
        return Objects.requireNonNull(layers.get(layer).get(product));
    }

    /** Layers of the model. */
    public int layers() {
        return layers.size();
    }

    /** Adapters that gates choose among; 0 where there is no gate. */
    public int routed() {
        return routed;
    }
}
