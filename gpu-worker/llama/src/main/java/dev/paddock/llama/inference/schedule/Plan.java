package dev.paddock.llama.inference.schedule;

import java.util.List;

/**
 * What the next step does.
 *
 * @param admitted sequences that begin to run and need a cache
 * @param preempted running sequences whose caches are given up for those before them; they wait again and run all of their tokens anew
 * @param expired sequences dropped because their deadline has passed, running ones included
 * @param slices the work, at most one slice a sequence
 */
public record Plan(List<Long> admitted, List<Long> preempted, List<Long> expired, List<Slice> slices) {
    public Plan {
        admitted = List.copyOf(admitted);
        preempted = List.copyOf(preempted);
        expired = List.copyOf(expired);
        slices = List.copyOf(slices);
    }

    public boolean idle() {
        return admitted.isEmpty() && preempted.isEmpty() && expired.isEmpty() && slices.isEmpty();
    }
}
