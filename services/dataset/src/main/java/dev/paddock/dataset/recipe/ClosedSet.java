package dev.paddock.dataset.recipe;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Finds uploads whose answers are labels: few, short, single-line and each repeated. */
final class ClosedSet {
    private static final int LABEL_CHARACTERS = 80;
    private static final int ROWS_PER_LABEL = 4;

    private ClosedSet() {}

    /** The upload's answers, sorted, when there are 2 to {@code most} and on average each stands in four rows or more. */
    static Optional<List<String>> of(Sources.UploadSource upload, int most) throws IOException {
        TreeSet<String> answers = new TreeSet<>();
        int[] rows = {0};
        boolean[] open = {most < 2};
        upload.rows().forEach((position, example) -> {
            rows[0]++;
            if (!open[0]) {
                String answer = EnterpriseDocs.tidy(example.answer());
                answers.add(answer);
                open[0] = answers.size() > most
                        || answer.length() > LABEL_CHARACTERS
                        || answer.isEmpty()
                        || answer.contains("\n")
                        || example.messages().size() > 3;
            }
        });
        boolean closed = !open[0] && answers.size() >= 2 && rows[0] >= answers.size() * ROWS_PER_LABEL;
        return closed ? Optional.of(List.copyOf(answers)) : Optional.empty();
    }

    static List<String> tidy(List<String> choices) {
        return choices.stream().map(EnterpriseDocs::tidy).distinct().toList();
    }
}
