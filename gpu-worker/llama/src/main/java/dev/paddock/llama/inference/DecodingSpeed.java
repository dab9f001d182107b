package dev.paddock.llama.inference;

import dev.paddock.llama.inference.sampling.Logits;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** How fast a model writes one greedy answer, told in tokens a second after the prompt. */
public final class DecodingSpeed {
    private static final int PROMPT = 16;
    private static final int TOKENS = 32;
    private static final int ROUNDS = 3;

    private final Executor executor;
    private final long limit;
    private final LongSupplier nanoTime;
    private final Runnable atWork;

    private DecodingSpeed(Executor executor, long limit, LongSupplier nanoTime, Runnable atWork) {
        this.executor = executor;
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.atWork = atWork;
    }

    /**
     * The median of three answers of 32 tokens to a prompt of 16, after another one that is not counted.
     *
     * @param executor has room for 48 tokens, or for a context that is shorter
     * @param limit a quarter of it is what an answer may take; then it ends, after one token at least
     * @param atWork called before each token
     */
    public static double of(Executor executor, Duration limit, Runnable atWork) {
        return of(executor, limit, System::nanoTime, atWork);
    }

    static double of(Executor executor, Duration limit, LongSupplier nanoTime, Runnable atWork) {
        DecodingSpeed speed = new DecodingSpeed(executor, limit.toNanos() / (ROUNDS + 1), nanoTime, atWork);
        speed.answer();
        double[] rates = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = speed.answer();
        }
        Arrays.sort(rates);
        return rates[ROUNDS / 2];
    }

    /** Tokens a second of one answer. */
    private double answer() {
        int room = Math.min(PROMPT + TOKENS, executor.config().contextLength());
        int[] prompt = prompt(Math.min(PROMPT, room - 1));
        long sequence = executor.open(null, room);
        try {
            int next = step(sequence, prompt);
            long begun = nanoTime.getAsLong();
            long taken = 0;
            int tokens = 0;
            while (prompt.length + tokens < room && (tokens == 0 || taken < limit)) {
                next = step(sequence, next);
                tokens++;
                taken = nanoTime.getAsLong() - begun;
            }
            return tokens * 1e9 / Math.max(1, taken);
        } finally {
            executor.release(sequence);
        }
    }

    /** The likeliest token after these. */
    private int step(long sequence, int... tokens) {
        atWork.run();
        StepInput input = new StepInput(sequence, tokens, true, null);
        return Logits.argMax(executor.run(List.of(input)).get(0).logits());
    }

    /** Tokens of any kind: a pass takes the same time for all of them. */
    private int[] prompt(int length) {
        int[] tokens = new int[length];
        for (int i = 0; i < length; i++) {
            tokens[i] = (1 + 31 * i) % executor.config().vocabularySize();
        }
        return tokens;
    }
}
