package dev.paddock.llama.training;

import dev.paddock.llama.config.LlamaConfig;
import java.util.List;

/** Refuses examples that a run cannot learn from. */
final class ExampleRules {
    private ExampleRules() {}

    static void requireRows(List<List<TrainingExample>> rows) {
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("there are no rows to train on: there were none, or all"
                    + " were left out, of which the log says how many and why");
        }
    }

    static void check(List<List<TrainingExample>> rows, TrainingSettings settings, LlamaConfig config) {
        requireRows(rows);
        if (settings.maxLength() > config.contextLength()) {
            throw new IllegalArgumentException("maxLength " + settings.maxLength()
                    + " is more than the model's context of " + config.contextLength() + " tokens");
        }
        for (int row = 0; row < rows.size(); row++) {
            int length =
                    rows.get(row).stream().mapToInt(TrainingExample::length).sum();
            if (length > settings.maxLength()) {
                throw new IllegalArgumentException("row " + (row + 1) + " has " + length
                        + " tokens, the limit is maxLength " + settings.maxLength() + "; raise it or shorten the row");
            }
            for (TrainingExample document : rows.get(row)) {
                check(row + 1, document, config);
            }
        }
    }

    private static void check(int row, TrainingExample example, LlamaConfig config) {
        if (example.targets() == 0) {
            throw new IllegalArgumentException("row " + row + " has no token to learn");
        }
        for (int token : example.tokens()) {
            if (token < 0 || token >= config.vocabularySize()) {
                throw new IllegalArgumentException("row " + row + " has token " + token
                        + ", the model's vocabulary ends at " + (config.vocabularySize() - 1));
            }
        }
    }
}
