package dev.paddock.llama.inference.assistant;

import dev.paddock.llama.inference.Executor;
import dev.paddock.llama.inference.draft.DraftTask;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What the draft model's cache holds of one sequence. */
final class DraftSequence {
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private final Executor executor;
    private final long id;
    private final RandomGenerator random;
    private int[] cached = new int[0];

    private DraftSequence(Executor executor, long id, RandomGenerator random) {
        this.executor = executor;
        this.id = id;
        this.random = random;
    }

    /** An empty one, whose draws have nothing to do with those of the answer, nor with its own where it is opened again. */
    static DraftSequence open(Executor executor, DraftTask task) {
        int capacity = Math.min(task.capacity(), executor.config().contextLength());
        RandomGenerator random = new SplittableRandom(task.sampling().seed() + ODD * task.length()).split();
        return new DraftSequence(executor, executor.open(null, capacity), random);
    }

    /** Its id in the executor. */
    long id() {
        return id;
    }

    RandomGenerator random() {
        return random;
    }

    /** Tokens in the cache. */
    int length() {
        return cached.length;
    }

    /** Takes what was guessed wrongly out of the cache; answers false where nothing would stay. */
    boolean follows(DraftTask task) {
        int known = task.length() - 1;
        int differs = Arrays.mismatch(cached, 0, cached.length, task.tokens(), 0, known);
        int same = differs < 0 ? known : differs;
        if (same == 0) {
            return cached.length == 0;
        }
        if (same < cached.length) {
            executor.truncate(id, same);
            cached = Arrays.copyOf(cached, same);
        }
        return true;
    }

    /** Tokens have run. */
    void ran(int[] tokens) {
        int before = cached.length;
        cached = Arrays.copyOf(cached, before + tokens.length);
        System.arraycopy(tokens, 0, cached, before, tokens.length);
    }
}
