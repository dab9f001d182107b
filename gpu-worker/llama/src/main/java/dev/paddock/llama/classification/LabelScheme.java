package dev.paddock.llama.classification;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a classifier's outputs stand for.
 *
 * @param kind what gets a label
 * @param causal whether a token sees only those before it; without the mask it sees its whole document
 * @param labels one for each output of the head, in its order; for {@link LabelKind#TOKEN} first {@code O}, then {@code B-x} and
 *     {@code I-x} for each type x of a span (Ramshaw and Marcus 1995, IOB2)
 */
public record LabelScheme(LabelKind kind, boolean causal, List<String> labels) {
    /** The label of a token in no span. */
    public static final String OUTSIDE = "O";

    static final String BEGIN = "B-";
    static final String INSIDE = "I-";

    private static final int MOST_SHOWN = 20;

    /** @throws IllegalArgumentException naming a label that breaks the rules */
    public LabelScheme {
        labels = List.copyOf(labels);
        Set<String> known = new HashSet<>();
        for (String label : labels) {
            if (label.isBlank() || !known.add(label)) {
                throw new IllegalArgumentException(
                        "labels has \"" + label + "\" twice or blank; each is a name of its own");
            }
        }
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("labels is empty; name one or more");
        }
        if (kind == LabelKind.TOKEN) {
            checkTags(labels, known);
        }
    }

    private static void checkTags(List<String> labels, Set<String> known) {
        if (!labels.get(0).equals(OUTSIDE)) {
            throw new IllegalArgumentException(
                    "labels begins with \"" + labels.get(0) + "\"; labels of tokens begin with " + OUTSIDE);
        }
        for (String label : labels.subList(1, labels.size())) {
            String partner = label.startsWith(BEGIN)
                    ? INSIDE + label.substring(BEGIN.length())
                    : BEGIN + label.substring(Math.min(INSIDE.length(), label.length()));
            boolean tag = (label.startsWith(BEGIN) || label.startsWith(INSIDE)) && label.length() > BEGIN.length();
            if (!tag || !known.contains(partner)) {
                throw new IllegalArgumentException(
                        "labels has \"" + label + "\"; labels of tokens are O and, for each type x, B-x and I-x");
            }
        }
    }

    /** The scheme of spans of some types. */
    public static LabelScheme ofSpans(boolean causal, List<String> types) {
        List<String> labels = new java.util.ArrayList<>(List.of(OUTSIDE));
        types.forEach(type -> labels.addAll(List.of(BEGIN + type, INSIDE + type)));
        return new LabelScheme(LabelKind.TOKEN, causal, labels);
    }

    /** Labels as callers name them: types of spans without their tags. */
    public List<String> names() {
        return kind == LabelKind.SEQUENCE
                ? labels
                : labels.stream()
                        .filter(label -> label.startsWith(BEGIN))
                        .map(label -> label.substring(BEGIN.length()))
                        .toList();
    }

    /**
     * The output of a label.
     *
     * @throws IllegalArgumentException for a label that the classifier was not trained with
     */
    public int index(String label) {
        int index = labels.indexOf(label);
        if (index < 0) {
            List<String> names = names();
            String shown = names.size() <= MOST_SHOWN
                    ? names.toString()
                    : names.subList(0, MOST_SHOWN) + " and " + (names.size() - MOST_SHOWN) + " more";
            String name = kind == LabelKind.TOKEN && label.length() > BEGIN.length()
                    ? label.substring(BEGIN.length())
                    : label;
            throw new IllegalArgumentException(
                    "label \"" + name + "\" is unseen in training; the classifier knows " + shown);
        }
        return index;
    }
}
