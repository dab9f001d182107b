package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/** The rows of one step: every sequence's tokens together, sequences of one adapter beside each other. */
final class StepLayout {
    /** One sequence's rows {@code [first, last)}. */
    record Segment(StepInput input, CachedSequence sequence, int first, int last) {}

    private final List<Segment> segments = new ArrayList<>();
    private int rows;

    StepLayout(List<StepInput> batch, LongFunction<CachedSequence> find) {
        List<StepInput> sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparing(
                input -> find.apply(input.sequence()).adapter(), Comparator.nullsFirst(Comparator.naturalOrder())));
        for (StepInput input : sorted) {
            CachedSequence sequence = find.apply(input.sequence());
            sequence.checkRoom(input.tokens().length);
            segments.add(new Segment(input, sequence, rows, rows + input.tokens().length));
            rows += input.tokens().length;
        }
    }

    List<Segment> segments() {
        return segments;
    }

    /** Token ids, int64 {@code [N]}. */
    NDArray ids(TensorScope scope) {
        long[] ids = new long[rows];
        for (Segment segment : segments) {
            int[] tokens = segment.input().tokens();
            for (int i = 0; i < tokens.length; i++) {
                ids[segment.first() + i] = tokens[i];
            }
        }
        return Tensors.longs(scope, ids, rows);
    }

    /** Cosines and sines, each fp32 {@code [N, E]}. */
    List<NDArray> rotary(TensorScope scope) {
        int width = segments.get(0).sequence().rotary().width();
        float[] cosines = new float[rows * width];
        float[] sines = new float[rows * width];
        for (Segment segment : segments) {
            for (int row = segment.first(); row < segment.last(); row++) {
                int position = segment.sequence().length() + row - segment.first();
                segment.sequence().rotary().write(position, cosines, sines, row);
            }
        }
        return List.of(Tensors.floats(scope, cosines, rows, width), Tensors.floats(scope, sines, rows, width));
    }

    List<NDArray> caches() {
        return segments.stream().map(segment -> segment.sequence().cache()).toList();
    }

    /** First row, end row and cached tokens of each sequence. */
    long[] bounds() {
        return segments.stream()
                .flatMapToLong(segment -> java.util.stream.LongStream.of(
                        segment.first(), segment.last(), segment.sequence().length()))
                .toArray();
    }

    /** First row, end row and index of each adapter in use. */
    long[] groups(ToLongFunction<String> index) {
        List<Long> groups = new ArrayList<>();
        long previous = -1;
        for (Segment segment : segments) {
            String adapter = segment.sequence().adapter();
            if (adapter == null) {
                continue;
            }
            long current = index.applyAsLong(adapter);
            if (current == previous) {
                groups.set(groups.size() - 2, (long) segment.last());
            } else {
                groups.addAll(List.of((long) segment.first(), (long) segment.last(), current));
            }
            previous = current;
        }
        return groups.stream().mapToLong(Long::longValue).toArray();
    }

    /** Segments whose last position's logits are wanted. */
    List<Segment> answering() {
        return segments.stream().filter(segment -> segment.input().logits()).toList();
    }
}
