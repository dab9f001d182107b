package dev.paddock.llama.inference.assistant;

import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.sampling.Distribution;
import dev.paddock.llama.inference.sampling.Logits;
import dev.paddock.llama.inference.sampling.Sampler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One sequence's draft in the making. */
final class DraftTurn {
    private final DraftSequence sequence;
    private final DraftTask task;
    private final boolean drawn;
    private final int most;
    private final List<Integer> tokens = new ArrayList<>();
    private final List<Distribution> chances = new ArrayList<>();
    private int[] next;

    /**
     * @param mostRead tokens that may be read now; where the sequence has more, this turn guesses nothing
     * @param context tokens that the cache holds at most
     */
    DraftTurn(DraftSequence sequence, DraftTask task, int mostRead, int context, boolean drawn) {
        this.sequence = sequence;
        this.task = task;
        this.drawn = drawn && task.sampling().temperature() > 0;
        int[] unread = task.from(sequence.length());
        this.next = Arrays.copyOf(unread, Math.min(unread.length, mostRead));
        this.most = next.length < unread.length ? 0 : Math.min(task.most(), context - task.length() + 1);
    }

    /** Tokens that run next. */
    int[] next() {
        return next;
    }

    StepInput input() {
        return new StepInput(sequence.id(), next, most > 0, null);
    }

    /** Takes what the model says behind the tokens that ran: logits {@code [vocabulary]}, or nothing. */
    void take(float[] logits) {
        sequence.ran(next);
        if (most > 0) {
            int token = guess(logits);
            tokens.add(token);
            next = new int[] {token};
        }
    }

    private int guess(float[] logits) {
        if (!drawn) {
            return Logits.argMax(logits);
        }
        Distribution chance = Sampler.distribution(logits, task.sampling());
        chances.add(chance);
        return chance.draw(sequence.random());
    }

    /** Whether another token is to be guessed. */
    boolean goesOn() {
        return tokens.size() < most;
    }

    Draft draft() {
        int[] guessed = tokens.stream().mapToInt(Integer::intValue).toArray();
        return guessed.length == 0 ? Draft.NONE : new Draft(guessed, chances);
    }
}
