package dev.paddock.dataset.version;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Chooses the test rows: whole groups, in an order that depends on contents and seed alone, up to the share. */
final class HeldOut {
    private HeldOut() {}

    static BitSet choose(RowGroups groups, double share, long seed) {
        Map<Integer, Integer> sizes = new HashMap<>();
        for (int row = 0; row < groups.size(); row++) {
            sizes.merge(groups.group(row), 1, Integer::sum);
        }
        List<Integer> shuffled = sizes.keySet().stream()
                .sorted(Comparator.comparing(group -> groups.key(group).shuffled(seed)))
                .toList();
        BitSet chosen = groups(shuffled, sizes, target(groups.size(), share));
        BitSet rows = new BitSet(groups.size());
        for (int row = 0; row < groups.size(); row++) {
            rows.set(row, chosen.get(groups.group(row)));
        }
        return rows;
    }

    private static int target(int rows, double share) {
        int target = (int) Math.round(rows * share);
        return share > 0 && rows > 1 ? Math.max(1, target) : target;
    }

    private static BitSet groups(List<Integer> shuffled, Map<Integer, Integer> sizes, int target) {
        BitSet chosen = new BitSet();
        int rows = 0;
        for (int group : shuffled) {
            int size = sizes.getOrDefault(group, 0);
            if (rows + size <= target) {
                chosen.set(group);
                rows += size;
            }
        }
        if (rows == 0 && target > 0 && shuffled.size() > 1) {
            shuffled.stream()
                    .min(Comparator.comparing((Integer group) -> sizes.getOrDefault(group, 0)))
                    .ifPresent(chosen::set);
        }
        return chosen;
    }
}
