package dev.paddock.llama.training;

import java.util.ArrayList;
import java.util.List;

/** Makes examples of turns, and counts what it could not take as it was. */
final class FittedTurns {
    private final int limit;
    private final Overlong overlong;
    private final List<TrainingExample> examples = new ArrayList<>();
    private final List<Integer> sources = new ArrayList<>();
    private int taken;
    private int shortened;
    private int divided;
    private int leftOut;
    private int judgedBad;
    private int weightless;

    FittedTurns(int limit, Overlong overlong) {
        this.limit = limit;
        this.overlong = overlong;
    }

    void add(Turn turn, RowMark mark) {
        if (mark.weight() == 0) {
            weightless++;
        } else {
            for (TrainingExample example : fitted(turn)) {
                examples.add(example.marked(mark));
                sources.add(taken);
            }
            taken++;
        }
    }

    void leaveOutBad() {
        judgedBad++;
    }

    private List<TrainingExample> fitted(Turn turn) {
        if (turn.length() <= limit) {
            return List.of(turn.example(limit));
        }
        if (overlong == Overlong.REFUSE) {
            throw new IllegalArgumentException("has " + turn.length() + " tokens, the limit is " + limit
                    + ": raise sequenceLength, shorten the row, or let overlong be truncate or split");
        }
        if (turn.answer().length < limit) {
            shortened++;
            return List.of(turn.example(limit));
        }
        if (overlong == Overlong.TRUNCATE) {
            leftOut++;
            return List.of();
        }
        divided++;
        return turn.windows(limit);
    }

    ChatExamples.Rows rows() {
        return new ChatExamples.Rows(examples, shortened, divided, leftOut, judgedBad, weightless, sources);
    }
}
