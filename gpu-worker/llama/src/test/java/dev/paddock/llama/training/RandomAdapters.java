package dev.paddock.llama.training;

import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Routing;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.config.LlamaConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** LoRA adapters of random numbers, which lie in no files. */
final class RandomAdapters {
    private RandomAdapters() {}

    /** Adapters of different ranks; the second one leaves some layers as they are. */
    static Routing routing(LlamaConfig config, int adapters, int topK) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < adapters; i++) {
            members.add(new Member("adapter " + i, Path.of("none"), adapter(config, 20 + i, 2 + i, i == 1)));
        }
        return new Routing(members, topK);
    }

    /** @param sparse whether it changes queries, gates of the feed-forward and outputs of the second block alone */
    static LoraAdapter adapter(LlamaConfig config, long seed, int rank, boolean sparse) {
        Random random = new Random(seed);
        Map<Target, Update> updates = new HashMap<>();
        for (int layer = sparse ? 1 : 0; layer < config.layers(); layer++) {
            for (Projection projection : Projection.values()) {
                boolean there = !sparse
                        || List.of(Projection.Q_PROJ, Projection.GATE_PROJ, Projection.DOWN_PROJ)
                                .contains(projection);
                if (there) {
                    float[] a = normal(random, rank * projection.inputs(config));
                    float[] b = normal(random, rank * projection.outputs(config));
                    updates.put(new Target(layer, projection), new Update(rank, 0.5, a, b));
                }
            }
        }
        return new LoraAdapter(updates);
    }

    private static float[] normal(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (0.3 * random.nextGaussian());
        }
        return values;
    }
}
