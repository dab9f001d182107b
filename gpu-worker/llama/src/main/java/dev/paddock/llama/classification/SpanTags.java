package dev.paddock.llama.classification;

import dev.paddock.llama.classification.MessageTokens.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spans as tags of tokens and back: begin, inside, outside (Ramshaw and Marcus 1995). */
public final class SpanTags {
    private final LabelScheme scheme;

    /** @param scheme of kind {@link LabelKind#TOKEN} */
    public SpanTags(LabelScheme scheme) {
        this.scheme = scheme;
    }

    /**
     * The output that each place should have. A token that two spans touch belongs to the earlier one.
     *
     * @throws IllegalArgumentException for a label unseen in training, and for a span without a token
     */
    public int[] encode(List<Place> places, List<LabelledSpan> spans) {
        int[] tags = new int[places.size()];
        for (LabelledSpan span : spans) {
            String prefix = LabelScheme.BEGIN;
            for (int i = 0; i < tags.length; i++) {
                Place place = places.get(i);
                if (tags[i] == 0 && place.start() < span.end() && place.end() > span.start()) {
                    tags[i] = scheme.index(prefix + span.label());
                    prefix = LabelScheme.INSIDE;
                }
            }
            if (prefix.equals(LabelScheme.BEGIN)) {
                throw new IllegalArgumentException("span %d to %d of \"%s\" has no token of its own"
                        .formatted(span.start(), span.end(), span.label()));
            }
        }
        return tags;
    }

    /**
     * The spans that tags describe. An inside tag that continues nothing begins a span, as in conlleval.
     *
     * @param tags output chosen for each place
     * @param probabilities of the outputs chosen
     */
    @SuppressWarnings("ArrayRecordComponent")
    public List<LabelledSpan> decode(List<Place> places, int[] tags, double[] probabilities) {
        List<LabelledSpan> spans = new ArrayList<>();
        Open open = null;
        for (int i = 0; i < tags.length; i++) {
            String tag = scheme.labels().get(tags[i]);
            String type = tag.equals(LabelScheme.OUTSIDE) ? null : tag.substring(LabelScheme.BEGIN.length());
            boolean continues = open != null && tag.startsWith(LabelScheme.INSIDE) && open.label.equals(type);
            if (!continues) {
                close(open, spans);
                open = type == null ? null : new Open(type, places.get(i).start());
            }
            if (open != null) {
                open.take(places.get(i), probabilities[i]);
            }
        }
        close(open, spans);
        return spans;
    }

    private static void close(@Nullable Open open, List<LabelledSpan> spans) {
        if (open != null) {
            spans.add(new LabelledSpan(open.start, open.end, open.label, open.sum / open.tokens));
        }
    }

    private static final class Open {
        private final String label;
        private final int start;
        private int end;
        private double sum;
        private int tokens;

        Open(String label, int start) {
            this.label = label;
            this.start = start;
        }

        void take(Place place, double probability) {
            end = place.end();
            sum += probability;
            tokens++;
        }
    }
}
