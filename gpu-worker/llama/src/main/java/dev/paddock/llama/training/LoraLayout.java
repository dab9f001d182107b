package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Where adapters lie in the flat buffers. The matrices A of a group stand one below the other, so that they are one tensor;
 * every B is one of its own.
 */
final class LoraLayout {
    private final LlamaConfig config;
    private final LoraSettings settings;

    LoraLayout(LlamaConfig config, LoraSettings settings) {
        this.config = config;
        this.settings = settings;
    }

    /** Slots of each block and group: first the joined A, then each B. */
    List<FlatSlot> slots() {
        List<FlatSlot> slots = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                addGroup(slots, layer, adapted(group));
            }
        }
        return FlatSlot.place(slots);
    }

    private void addGroup(List<FlatSlot> slots, int layer, List<Projection> adapted) {
        if (adapted.isEmpty()) {
            return;
        }
        int inputs = adapted.get(0).inputs(config);
        String names = String.join(
                "+", adapted.stream().map(p -> p.path(layer) + ".lora_A.weight").toList());
        slots.add(FlatSlot.of(names, adapted.size() * settings.rank(), inputs, true));
        for (Projection projection : adapted) {
            String name = projection.path(layer) + ".lora_B.weight";
            slots.add(FlatSlot.of(name, projection.outputs(config), settings.rank(), true));
        }
    }

    /** From views of all slots, the joined A of every block and group, {@code none} where no adapter sits. */
    List<NDArray> joinedA(List<NDArray> views, NDArray none) {
        List<NDArray> joined = new ArrayList<>();
        int next = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                int adapted = adapted(group).size();
                joined.add(adapted == 0 ? none : views.get(next));
                next += adapted == 0 ? 0 : adapted + 1;
            }
        }
        return joined;
    }

    /** From views of all slots, every B. */
    List<NDArray> singleB(List<NDArray> views) {
        List<NDArray> single = new ArrayList<>();
        List<FlatSlot> slots = slots();
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().endsWith(".lora_B.weight")) {
                single.add(views.get(i));
            }
        }
        return single;
    }

    /** The adapter whose matrices lie in a flat buffer. */
    LoraAdapter adapter(float[] flat) {
        Map<Target, Update> updates = new HashMap<>();
        walk((layer, projection, offsetA, sizeA, offsetB, sizeB) -> {
            float[] a = Arrays.copyOfRange(flat, offsetA, offsetA + sizeA);
            float[] b = Arrays.copyOfRange(flat, offsetB, offsetB + sizeB);
            updates.put(new Target(layer, projection), new Update(settings.rank(), settings.scale(), a, b));
        });
        return new LoraAdapter(updates);
    }

    /**
     * A flat buffer of an adapter's matrices.
     *
     * @throws IllegalArgumentException naming a target that the adapter and these settings do not share
     */
    float[] flat(LoraAdapter adapter) {
        float[] flat = new float[Math.toIntExact(FlatSlot.size(slots()))];
        Map<Target, Update> left = new HashMap<>(adapter.updates());
        walk((layer, projection, offsetA, sizeA, offsetB, sizeB) -> {
            Update update = left.remove(new Target(layer, projection));
            if (update == null || update.rank() != settings.rank() || update.scale() != settings.scale()) {
                throw new IllegalArgumentException("the adapter has no update of " + projection.path(layer)
                        + " with rank " + settings.rank() + " and scale " + settings.scale());
            }
            System.arraycopy(update.a(), 0, flat, offsetA, sizeA);
            System.arraycopy(update.b(), 0, flat, offsetB, sizeB);
        });
        if (!left.isEmpty()) {
            throw new IllegalArgumentException("the run does not train " + left.keySet());
        }
        return flat;
    }

    /** Initial values as in PEFT: A uniform within {@code sqrt(1 / inputs)} (Kaiming with gain sqrt(1/3)), B zero. */
    float[] initial(Random random) {
        float[] flat = new float[Math.toIntExact(FlatSlot.size(slots()))];
        walk((layer, projection, offsetA, sizeA, offsetB, sizeB) -> {
            double bound = 1 / Math.sqrt(projection.inputs(config));
            for (int i = offsetA; i < offsetA + sizeA; i++) {
                flat[i] = (float) ((2 * random.nextDouble() - 1) * bound);
            }
        });
        return flat;
    }

    /** Receives the places of one projection's matrices in a flat buffer. */
    private interface Visitor {
        void visit(int layer, Projection projection, int offsetA, int sizeA, int offsetB, int sizeB);
    }

    private void walk(Visitor visitor) {
        Iterator<FlatSlot> slots = slots().iterator();
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                List<Projection> adapted = adapted(group);
                int offsetA = adapted.isEmpty() ? 0 : (int) slots.next().offset();
                for (Projection projection : adapted) {
                    FlatSlot b = slots.next();
                    int sizeA = settings.rank() * projection.inputs(config);
                    visitor.visit(layer, projection, offsetA, sizeA, (int) b.offset(), (int) b.elements());
                    offsetA += sizeA;
                }
            }
        }
    }

    private List<Projection> adapted(Group group) {
        return group.projections().stream().filter(settings.targets()::contains).toList();
    }
}
