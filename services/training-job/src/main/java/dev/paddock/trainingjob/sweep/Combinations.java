package dev.paddock.trainingjob.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The choices of a search's trials, no two alike; the same for the same space and seed. */
final class Combinations {
    private static final int DRAWS_PER_TRIAL = 100;

    private Combinations() {}

    /** Every combination, the last parameter changing first; it stops one beyond {@code most}. */
    static List<ObjectNode> grid(SortedMap<String, Range> space, Predicate<String> whole, int most) {
        List<ObjectNode> all = List.of(JsonNodeFactory.instance.objectNode());
        for (Map.Entry<String, Range> one : space.entrySet()) {
            List<JsonNode> values = RangeValues.all(one.getValue(), whole.test(one.getKey()));
            List<ObjectNode> longer = new ArrayList<>();
            for (ObjectNode shorter : all) {
                values.stream()
                        .limit(most + 1L - longer.size())
                        .forEach(value -> longer.add(shorter.deepCopy().set(one.getKey(), value)));
            }
            all = longer;
        }
        return all;
    }

    /** So many draws, or fewer where a hundred times as many bring no further combination. */
    static List<ObjectNode> draws(SortedMap<String, Range> space, Predicate<String> whole, int trials, long seed) {
        Random random = new Random(seed);
        Set<ObjectNode> drawn = new LinkedHashSet<>();
        for (int draw = 0; drawn.size() < trials && draw < trials * DRAWS_PER_TRIAL; draw++) {
            ObjectNode choice = JsonNodeFactory.instance.objectNode();
            space.forEach((name, range) -> choice.set(name, RangeValues.draw(range, whole.test(name), random)));
            drawn.add(choice);
        }
        return List.copyOf(drawn);
    }
}
