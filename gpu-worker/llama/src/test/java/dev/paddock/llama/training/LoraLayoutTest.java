package dev.paddock.llama.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LoraLayoutTest {
    private final LoraLayout layout = new LoraLayout(RandomModel.config(true, false), LoraSettings.of(3, 6));
    private final float[] flat = layout.initial(new Random(1));

    @Test
    void anAdapterLiesWhereItWasTakenFrom() {
        assertThat(layout.flat(layout.adapter(flat))).isEqualTo(flat);
    }

    @Test
    void anAdapterOfOtherTargetsIsRefusedByName() {
        Map<Target, Update> updates = new HashMap<>(layout.adapter(flat).updates());
        Update moved = updates.remove(new Target(1, Projection.DOWN_PROJ));
        assertThatThrownBy(() -> layout.flat(new LoraAdapter(updates)))
                .hasMessageContaining("no update of model.layers.1.mlp.down_proj");
        updates.put(new Target(1, Projection.DOWN_PROJ), moved);
        updates.put(new Target(9, Projection.DOWN_PROJ), moved);
        assertThatThrownBy(() -> layout.flat(new LoraAdapter(updates))).hasMessageContaining("does not train");
    }
}
