package dev.paddock.llama.classification;

import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.classification.MessageTokens.Place;
import dev.paddock.llama.inference.DocumentBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Gives labels: the base's pass with the adapter beside it, the head on the tokens that are to have one. */
public final class Classifier {
    private final LabelScheme scheme;
    private final LinearHead head;
    private final @Nullable String adapter;
    private final Pass pass;

    /** What computes a batch's logits {@code [rows, labels]}, such as {@link dev.paddock.llama.inference.Generator#project}. */
    @FunctionalInterface
    public interface Pass {
        float[] project(DocumentBatch batch, LinearHead head);
    }

    /** @param adapter the name under which the model's adapter is loaded; null where it has none */
    public Classifier(LabelScheme scheme, LinearHead head, @Nullable String adapter, Pass pass) {
        this.scheme = scheme;
        this.head = head;
        this.adapter = adapter;
        this.pass = pass;
    }

    public LabelScheme scheme() {
        return scheme;
    }

    /** Probabilities {@code [labels]} of each text, by its last token; for kind {@link LabelKind#SEQUENCE}. */
    public List<double[]> sequences(List<int[]> documents) {
        require(LabelKind.SEQUENCE);
        List<long[]> wanted = documents.stream()
                .map(document -> new long[] {document.length - 1L})
                .toList();
        return run(documents, wanted).stream()
                .map(rows -> Softmax.of(rows.get(0)))
                .toList();
    }

    /** The likeliest label, the first where several are. */
    public String label(double[] probabilities) {
        return scheme.labels().get(Softmax.likeliest(probabilities));
    }

    /** The spans of each conversation's last user message; for kind {@link LabelKind#TOKEN}. */
    public List<List<LabelledSpan>> spans(List<MessageTokens> messages) {
        require(LabelKind.TOKEN);
        List<long[]> wanted = messages.stream()
                .map(message ->
                        message.places().stream().mapToLong(Place::token).toArray())
                .toList();
        List<List<float[]>> logits =
                run(messages.stream().map(MessageTokens::ids).toList(), wanted);
        return IntStream.range(0, messages.size())
                .mapToObj(i -> spans(messages.get(i).places(), logits.get(i)))
                .toList();
    }

    private List<LabelledSpan> spans(List<Place> places, List<float[]> logits) {
        List<double[]> probabilities = logits.stream().map(Softmax::of).toList();
        int[] tags = probabilities.stream().mapToInt(Softmax::likeliest).toArray();
        double[] chosen = IntStream.range(0, tags.length)
                .mapToDouble(i -> probabilities.get(i)[tags[i]])
                .toArray();
        return new SpanTags(scheme).decode(places, tags, chosen);
    }

    /** Logits {@code [labels]} of the tokens wanted of each document. */
    List<List<float[]>> run(List<int[]> documents, List<long[]> wanted) {
        List<Long> rows = new ArrayList<>();
        long first = 0;
        for (int i = 0; i < documents.size(); i++) {
            long begin = first;
            LongStream.of(wanted.get(i)).forEach(token -> rows.add(begin + token));
            first += documents.get(i).length;
        }
        if (rows.isEmpty()) {
            return documents.stream().map(document -> List.<float[]>of()).toList();
        }
        long[] asked = rows.stream().mapToLong(Long::longValue).toArray();
        float[] logits = pass.project(new DocumentBatch(documents, scheme.causal(), adapter, asked), head);
        return split(logits, wanted);
    }

    private List<List<float[]>> split(float[] logits, List<long[]> wanted) {
        List<List<float[]>> split = new ArrayList<>();
        int width = head.outputs();
        int at = 0;
        for (long[] tokens : wanted) {
            List<float[]> rows = new ArrayList<>();
            for (int i = 0; i < tokens.length; i++, at += width) {
                rows.add(Arrays.copyOfRange(logits, at, at + width));
            }
            split.add(rows);
        }
        return split;
    }

    private void require(LabelKind kind) {
        if (scheme.kind() != kind) {
            throw new IllegalStateException(
                    "a classifier of kind " + scheme.kind().id() + " was asked for " + kind.id());
        }
    }
}
