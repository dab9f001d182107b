package dev.paddock.llama.classification;

/**
 * A part of a message with a label.
 *
 * @param start first character, counted in Unicode code points
 * @param end behind the last character
 * @param label the type
 * @param score mean probability of its tokens' tags; 1 where a person set it
 */
public record LabelledSpan(int start, int end, String label, double score) {
    /** A span that is known. */
    public static LabelledSpan of(int start, int end, String label) {
        return new LabelledSpan(start, end, label, 1);
    }
}
