package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Lessons of a run without some of their rows, and those rows' lessons. Documents that come from the same row stay together.
 *
 * @param training what is learnt
 * @param heldOut what never is
 */
public record HeldOutRows(Lessons training, Lessons heldOut) {
    /**
     * Holds rows out, chosen by a seed.
     *
     * @param share of the rows, more than 0 and less than 1; at least one row is held out and one stays
     * @throws IllegalArgumentException when there are fewer than two rows
     */
    public static HeldOutRows of(Lessons lessons, double share, long seed) {
        List<Integer> sources = lessons.sources();
        List<Integer> distinct = new ArrayList<>(sources.stream().distinct().toList());
        if (distinct.size() < 2) {
            throw new IllegalArgumentException(
                    "validationRatio needs two rows, one to learn and one to measure; there is " + distinct.size());
        }
        Collections.shuffle(distinct, new Random(Seeds.mix(seed, -3)));
        int count = Math.min(distinct.size() - 1, Math.max(1, (int) Math.round(share * distinct.size())));
        Set<Integer> chosen = new HashSet<>(distinct.subList(0, count));
        return new HeldOutRows(
                lessons.only(numbers(sources, chosen, false)), lessons.only(numbers(sources, chosen, true)));
    }

    private static List<Integer> numbers(List<Integer> sources, Set<Integer> chosen, boolean heldOut) {
        return IntStream.range(0, sources.size())
                .filter(number -> chosen.contains(sources.get(number)) == heldOut)
                .boxed()
                .toList();
    }
}
