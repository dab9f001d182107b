package dev.paddock.llama.inference.schedule;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What each tenant has been served, so that the one served least goes first (virtual token counter, Sheng et al. 2024, "Fairness in
 * Serving Large Language Models", arXiv:2401.00588). A tenant that comes back has no claim on the time in which it asked for nothing, and after a
 * time in which nobody asked all begin equal.
 */
final class TenantShares {
    /** What a token of an answer costs, beside 1 for a token of a prompt. */
    private static final int ANSWER_TOKEN = 2;

    private static final int MOST_REMEMBERED = 1024;
    private final Map<String, Long> served = new HashMap<>();

    /** A tenant has something to run. */
    void arrives(String tenant, Collection<ScheduledSequence> waiting, Collection<ScheduledSequence> running) {
        Set<String> active = Stream.concat(waiting.stream(), running.stream())
                .map(ScheduledSequence::tenant)
                .collect(Collectors.toSet());
        if (!active.contains(tenant)) {
            if (active.isEmpty()) {
                served.clear();
            }
            if (served.size() >= MOST_REMEMBERED) {
                served.keySet().retainAll(active);
            }
            long least = active.stream().mapToLong(this::of).min().orElse(0);
            served.merge(tenant, least, Math::max);
        }
    }

    void prompt(String tenant, int tokens) {
        served.merge(tenant, (long) tokens, Long::sum);
    }

    void answer(String tenant, int tokens) {
        served.merge(tenant, (long) ANSWER_TOKEN * tokens, Long::sum);
    }

    long of(String tenant) {
        return served.getOrDefault(tenant, 0L);
    }
}
