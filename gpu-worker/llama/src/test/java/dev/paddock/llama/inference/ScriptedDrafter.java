package dev.paddock.llama.inference;

import dev.paddock.llama.inference.draft.Draft;
import dev.paddock.llama.inference.draft.DraftTask;
import dev.paddock.llama.inference.draft.Drafter;
import java.util.ArrayList;
import java.util.List;

/** Guesses the next letters of the alphabet, so many of them rightly and then wrongly. */
final class ScriptedDrafter implements Drafter {
    final List<Long> forgotten = new ArrayList<>();
    private final int right;

    ScriptedDrafter(int right) {
        this.right = right;
    }

    @Override
    public List<Draft> draft(List<DraftTask> tasks) {
        if (right < 0) {
            throw new IllegalStateException("no idea");
        }
        return tasks.stream().map(this::draft).toList();
    }

    private Draft draft(DraftTask task) {
        int[] guess = new int[task.most() + 1];
        int last = task.tokens()[task.length() - 1];
        for (int i = 0; i < guess.length; i++) {
            last = last == 'z' ? 0 : last + 1;
            guess[i] = i < right ? last : '?';
        }
        return Draft.picked(guess);
    }

    @Override
    public void forget(long sequence) {
        forgotten.add(sequence);
    }
}
