package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** A conversation's last turn: what comes before it, and the answer with the token that ends it. */
@SuppressWarnings("ArrayRecordComponent")
record Turn(int[] prompt, int[] answer) {
    int length() {
        return prompt.length + answer.length;
    }

    /** The last tokens of both, at most {@code limit}. */
    TrainingExample example(int limit) {
        int kept = Math.min(prompt.length, limit - answer.length);
        return window(prompt.length - kept, length());
    }

    /**
     * Documents of at most {@code limit} tokens, cut from the end: each shares one token with the one before it, and the first
     * one reaches as far into the prompt as it may. Every token of the answer is predicted in one of them.
     */
    List<TrainingExample> windows(int limit) {
        List<TrainingExample> windows = new ArrayList<>();
        int end = length();
        int first;
        do {
            first = Math.max(0, end - limit);
            windows.add(window(first, end));
            end = first + 1;
        } while (first >= Math.max(1, prompt.length));
        Collections.reverse(windows);
        return windows;
    }

    private TrainingExample window(int first, int end) {
        int[] tokens = IntStream.concat(Arrays.stream(prompt), Arrays.stream(answer))
                .skip(first)
                .limit(end - first)
                .toArray();
        return TrainingExample.answer(tokens, Math.max(0, prompt.length - first));
    }
}
