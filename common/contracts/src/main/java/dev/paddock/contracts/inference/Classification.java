package dev.paddock.contracts.inference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a classifier says of a text: its label, or the labels of spans in the last user message.
 *
 * @param label the likeliest one; null where spans have labels
 * @param probs probabilities of all labels in the response's order; null where spans have labels
 * @param spans in their order in the message; null where the text has a label
 */
public record Classification(
        @Nullable String label,
        @Nullable List<Double> probs,
        @Nullable List<ClassifiedSpan> spans) {}
