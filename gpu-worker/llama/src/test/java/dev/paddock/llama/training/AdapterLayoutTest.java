package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdapterLayoutTest {
    private final AdapterLayout layout = new AdapterLayout(RandomModel.config(true, false), LoraSettings.of(3, 6));
    private final List<FlatSlot> placed = FlatSlot.place(layout.slots());
    private final float[] flat = new float[(int) FlatSlot.size(placed)];

    @BeforeEach
    void initialize() {
        layout.initialize(flat, placed, new Random(1));
    }

    private float[] flat(LoraAdapter adapter) {
        float[] copy = new float[flat.length];
        layout.copy(adapter, copy, placed);
        return copy;
    }

    @Test
    void anAdapterLiesWhereItWasTakenFrom() {
        assertThat(flat(layout.adapter(flat))).isEqualTo(flat);
    }

    @Test
    void anAdapterOfOtherTargetsIsRefusedByName() {
        Map<Target, Update> updates = new HashMap<>(layout.adapter(flat).updates());
        Update moved = updates.remove(new Target(1, Projection.DOWN_PROJ));
        assertThatThrownBy(() -> flat(new LoraAdapter(updates)))
                .hasMessageContaining("no lora update of model.layers.1.mlp.down_proj");
        updates.put(new Target(1, Projection.DOWN_PROJ), moved);
        updates.put(new Target(9, Projection.DOWN_PROJ), moved);
        assertThatThrownBy(() -> flat(new LoraAdapter(updates))).hasMessageContaining("does not train");
    }
}
