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
    private static final String PHRASED = "-phrased";

    static List<GuardSource> sources() {
        return Resources.json("sources.json", new TypeReference<List<GuardSource>>() {});
    }

    /** @param folder where the public files lie; null for the project's own rows only */
    static GuardRows read(GuardTaxonomy taxonomy, @Nullable Path folder, long seed) throws IOException {
        GuardRows rows = new GuardRows(new ArrayList<>(), new ArrayList<>());
        for (String file : taxonomy.files()) {
            String name = file.substring(0, file.indexOf('.'));
            for (WrittenRow written : Resources.lines(file, WrittenRow.class)) {
                (written.dev() ? rows.dev : rows.train).add(written.row(name));
            }
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
        Phrasing phrasing = new Phrasing(seed);
        List<String> part = shuffled.stream()
                .skip(source.skip())
                .limit((long) source.train() + source.dev())
                .toList();
        int middle = Math.min(source.train(), part.size());
        for (String text : part.subList(0, middle)) {
            train.add(row(source, "", source.phrased() ? phrasing.of(text) : text, words));
        }
        for (String text : part.subList(middle, part.size())) {
            dev.add(row(source, "", text, words));
            String other = source.phrased() ? phrasing.of(text) : text;
            if (!other.equals(text)) {
                dev.add(row(source, PHRASED, other, words));
            }
        }
    }

    private static GuardRow row(GuardSource source, String suffix, String text, CategoryWords words) {
        return GuardRow.of(source.name() + suffix, source.role(), text, codes(source.category(), text, words));
    }

    private static List<String> codes(@Nullable String category, String text, CategoryWords words) {
        if (category == null) {
            return List.of();
        }
        return List.of(category.equals(GuardSource.BY_WORDS) ? words.code(text) : category);
    }
}
