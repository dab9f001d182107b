package dev.paddock.catalogue;

import static java.util.Comparator.comparingInt;
import static java.util.Comparator.naturalOrder;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names that a misspelt one may have meant. */
public final class NearNames {
    private static final int MOST = 3;
    private static final int LISTED = 20;

    private NearNames() {}

    /** At most three of {@code known} within an edit distance of a third of the name's length, nearest first. */
    public static List<String> of(String name, Collection<String> known) {
        int limit = Math.max(2, name.length() / 3);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= limit)
                .sorted(comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** The way out for a message: the near names, else what there is. */
    public static String advice(String name, Collection<String> known) {
        return advice(of(name, known), known);
    }

    static String advice(List<String> near, Collection<String> known) {
        if (!near.isEmpty()) {
            return "did you mean " + String.join(" or ", near) + "?";
        }
        if (known.isEmpty()) {
            return "there are none";
        }
        return "there are: " + known.stream().sorted().limit(LISTED).collect(Collectors.joining(", "));
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        if (a.length() > 2 && b.startsWith(a)) {
            return 1;
        }
        return LevenshteinDistance.getDefaultInstance().apply(a, b);
    }
}
