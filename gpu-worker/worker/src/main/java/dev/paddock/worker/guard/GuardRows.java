package dev.paddock.worker.guard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The recipe's rows: the same seed and files give the same rows, and no text stands in both parts. */
record GuardRows(List<GuardRow> train, List<GuardRow> dev) {
    static final String WRITTEN = "written.jsonl";

    /** A row that this project wrote. */
    record Written(boolean dev, String role, String text, List<String> codes) {}

    static List<GuardSource> sources() {
        return Resources.json("sources.json", new TypeReference<List<GuardSource>>() {});
    }

    /** @param folder where the public files lie; null for the project's own rows only */
    static GuardRows read(@Nullable Path folder, long seed) throws IOException {
        GuardRows rows = new GuardRows(new ArrayList<>(), new ArrayList<>());
        for (Written written : Resources.lines(WRITTEN, Written.class)) {
            GuardRow row = new GuardRow("written", written.role(), written.text(), written.codes());
            (written.dev() ? rows.dev : rows.train).add(row);
        }
        if (folder != null) {
            CategoryWords words = CategoryWords.read();
            for (GuardSource source : sources()) {
                rows.add(source, SourceFile.texts(folder, source), words, seed);
            }
        }
        return rows;
    }

    private void add(GuardSource source, List<String> texts, CategoryWords words, long seed) {
        List<String> shuffled = new ArrayList<>(texts);
        Collections.shuffle(shuffled, new Random(seed));
        List<GuardRow> part = shuffled.stream()
                .skip(source.skip())
                .limit((long) source.train() + source.dev())
                .map(text -> new GuardRow(source.name(), source.role(), text, codes(source.category(), text, words)))
                .toList();
        int middle = Math.min(source.train(), part.size());
        train.addAll(part.subList(0, middle));
        dev.addAll(part.subList(middle, part.size()));
    }

    private static List<String> codes(@Nullable String category, String text, CategoryWords words) {
        if (category == null) {
            return List.of();
        }
        return List.of(category.equals(GuardSource.BY_WORDS) ? words.code(text) : category);
    }
}
