package dev.paddock.llama.inference;

import dev.paddock.llama.inference.schedule.SchedulerLimits;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has been computed once and can begin another sequence: the caches of running sequences, and, up to a bound, of ended
 * ones, the least recently used of which go first. Two sequences share a beginning where adapter and token ids agree, as in
 * automatic prefix caching (Kwon et al. 2023, arXiv:2309.06180; Zheng et al. 2024, arXiv:2312.07104). For the model's own thread.
 */
final class PrefixCache {
    /** A shorter beginning is computed again. */
    static final int LEAST_TOKENS = 4;
    /** A beginning this long is worth waiting a step for, whatever follows it. */
    private static final int WORTH_A_STEP = 16;
    /** Most ended sequences kept: each is compared with every waiting request. */
    private static final int MOST_KEPT = 256;

    private final Executor executor;
    private final long bound;
    private final Map<Long, Kept> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptTokens;

    @SuppressWarnings("ArrayRecordComponent")
    private record Kept(@Nullable String adapter, int[] tokens) {}

    /**
     * A beginning.
     *
     * @param sequence whose cache holds it
     * @param tokens of the new sequence's prompt; 0 for none
     * @param later whether a longer one is being computed
     */
    record Beginning(long sequence, int tokens, boolean later) {
        static final Beginning NONE = new Beginning(0, 0, false);

        private Beginning orLonger(long other, int length) {
            return length >= LEAST_TOKENS && length > tokens ? new Beginning(other, length, false) : this;
        }
    }

    /** @param bound most tokens of ended sequences to keep, 0 for none */
    PrefixCache(Executor executor, long bound) {
        this.executor = executor;
        this.bound = executor.canFork() ? bound : 0;
    }

    /** The longest beginning of a request among ended sequences and those admitted. An urgent one waits for none that ordinary ones compute. */
    Beginning find(GenerationRequest request, Collection<RequestState> states) {
        int most = Math.min(request.scoredFrom(), request.prompt().length) - 1;
        if (bound == 0 || most < LEAST_TOKENS) {
            return Beginning.NONE;
        }
        Beginning found = amongKept(request, most);
        int promised = 0;
        for (RequestState state : states) {
            if (state.admitted() && Objects.equals(state.request().adapter(), request.adapter())) {
                int shared = shared(state.tokens(), state.length(), request.prompt(), most);
                promised = state.request().urgent() || !request.urgent() ? Math.max(promised, shared) : promised;
                found = found.orLonger(state.sequence(), Math.min(shared, state.cached()));
            }
        }
        return new Beginning(
                found.sequence(), found.tokens(), worthWaiting(promised - found.tokens(), most - found.tokens()));
    }

    /** Unrelated requests that happen to begin with a few equal tokens run side by side rather than one after the other. */
    private static boolean worthWaiting(int saved, int rest) {
        return saved >= WORTH_A_STEP || (saved >= LEAST_TOKENS && 2 * saved >= rest);
    }

    private Beginning amongKept(GenerationRequest request, int most) {
        Beginning found = Beginning.NONE;
        for (Map.Entry<Long, Kept> entry : kept.entrySet()) {
            int[] tokens = entry.getValue().tokens();
            if (Objects.equals(entry.getValue().adapter(), request.adapter())) {
                found = found.orLonger(entry.getKey(), shared(tokens, tokens.length, request.prompt(), most));
            }
        }
        return found;
    }

    /** Opens a request's sequence, with a beginning where there is one. */
    long open(GenerationRequest request, Beginning beginning) {
        int capacity = request.prompt().length + request.newTokens();
        if (beginning.tokens() == 0) {
            return executor.open(request.adapter(), capacity);
        }
        touch(beginning.sequence());
        return executor.fork(beginning.sequence(), beginning.tokens(), capacity);
    }

    /** Keeps an ended sequence's cache, or frees it. */
    void leave(RequestState state) {
        int[] tokens = Arrays.copyOf(state.tokens(), state.cached());
        String adapter = state.request().adapter();
        if (tokens.length < LEAST_TOKENS || held(tokens) > bound || covered(adapter, tokens)) {
            executor.release(state.sequence());
            return;
        }
        remove(entry -> Objects.equals(adapter, entry.adapter()) && begins(entry.tokens(), tokens));
        kept.put(state.sequence(), new Kept(adapter, tokens));
        keptTokens += held(tokens);
        while (keptTokens > bound || kept.size() > MOST_KEPT) {
            Map.Entry<Long, Kept> eldest = kept.entrySet().iterator().next();
            keptTokens -= held(eldest.getValue().tokens());
            executor.release(eldest.getKey());
            kept.remove(eldest.getKey());
        }
    }

    /** Frees what was computed with an adapter. */
    void forget(String adapter) {
        remove(entry -> adapter.equals(entry.adapter()));
    }

    /** Makes it the most recently used one. */
    private void touch(long sequence) {
        kept.get(sequence);
    }

    private void remove(Predicate<Kept> which) {
        kept.entrySet().removeIf(entry -> {
            if (!which.test(entry.getValue())) {
                return false;
            }
            executor.release(entry.getKey());
            keptTokens -= held(entry.getValue().tokens());
            return true;
        });
    }

    /** For how many tokens a cache of these holds room. */
    private static int held(int[] tokens) {
        return SchedulerLimits.inBlocks(tokens.length);
    }

    private boolean covered(@Nullable String adapter, int[] tokens) {
        return kept.values().stream()
                .anyMatch(entry -> Objects.equals(adapter, entry.adapter()) && begins(tokens, entry.tokens()));
    }

    private static boolean begins(int[] beginning, int[] tokens) {
        return shared(beginning, beginning.length, tokens, tokens.length) == beginning.length;
    }

    private static int shared(int[] a, int length, int[] b, int most) {
        int at = Arrays.mismatch(a, 0, length, b, 0, most);
        return at < 0 ? length : at;
    }
}
