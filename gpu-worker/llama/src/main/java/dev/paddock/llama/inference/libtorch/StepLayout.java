package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.StepInput;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The rows of one step: every sequence's tokens together, the fresh ones first, those of one adapter beside each other. */
final class StepLayout {
    /** Most rows of several fresh sequences in one product of attention. */
    private static final int TOGETHER = 128;

    /** One sequence's rows {@code [first, last)}. */
    record Segment(StepInput input, CachedSequence sequence, int first, int last) {
        /** Whether nothing of it is cached yet. */
        boolean fresh() {
            return sequence.length() == 0;
        }

        /** What is to be scored; only for one of {@link #scoring}. */
        StepInput.Scoring scored() {
            return Objects.requireNonNull(input.scoring());
        }

        /** Rows whose logits are wanted. */
        LongStream answers() {
            return LongStream.range(first + input.firstAnswer(), last);
        }
    }

    private final List<Segment> segments = new ArrayList<>();
    private int rows;

    StepLayout(List<StepInput> batch, LongFunction<CachedSequence> find) {
        List<StepInput> sorted = new ArrayList<>(batch);
        sorted.sort(Comparator.comparing(
                        (StepInput input) -> find.apply(input.sequence()).length() > 0)
                .thenComparing(
                        input -> find.apply(input.sequence()).adapter(),
                        Comparator.nullsFirst(Comparator.naturalOrder())));
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

    /** Token ids {@code [N]}. */
    long[] ids() {
        long[] ids = new long[rows];
        for (Segment segment : segments) {
            int[] tokens = segment.input().tokens();
            for (int i = 0; i < tokens.length; i++) {
                ids[segment.first() + i] = tokens[i];
            }
        }
        return ids;
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

    /** Numbers and scales of each sequence. */
    List<NDArray> caches() {
        return segments.stream()
                .map(Segment::sequence)
                .flatMap(sequence -> Stream.of(sequence.numbers(), sequence.scales()))
                .toList();
    }

    /** First row, end row and cached tokens of each sequence. */
    long[] bounds() {
        return segments.stream()
                .flatMapToLong(segment -> LongStream.of(
                        segment.first(), segment.last(), segment.sequence().length()))
                .toArray();
    }

    /** First row, end row, cached tokens and index of the cache of every unit of attention. */
    long[] units() {
        List<Long> units = new ArrayList<>();
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            int last = units.size() - 4;
            if (segment.fresh() && last >= 0 && segment.last() - units.get(last) <= TOGETHER) {
                units.set(last + 1, (long) segment.last());
            } else {
                units.addAll(List.of(
                        (long) segment.first(),
                        (long) segment.last(),
                        (long) segment.sequence().length(),
                        (long) i));
            }
        }
        return units.stream().mapToLong(Long::longValue).toArray();
    }

    /** Whose row each fresh row is, int64 {@code [rows of fresh sequences]}. */
    NDArray owners(TensorScope scope) {
        long[] owners = segments.stream()
                .filter(Segment::fresh)
                .flatMapToLong(segment ->
                        LongStream.range(segment.first(), segment.last()).map(row -> segment.first()))
                .toArray();
        return Tensors.longs(scope, owners, owners.length);
    }

    /** Room for the weights with which adapters under gates act on each row, fp32 zeros {@code [N, most adapters]}. */
    NDArray acted(TensorScope scope, ToIntFunction<String> routed) {
        int most = segments.stream()
                .mapToInt(segment -> routed(segment, routed))
                .max()
                .orElse(0);
        return Tensors.zeros(scope, ScalarType.FLOAT32, rows, most);
    }

    /** The weights of adapters under gates at the rows that are answered, by sequence; none for one without gates. */
    Map<Long, List<float[]>> routes(float[] acted, ToIntFunction<String> routed) {
        int width = acted.length / rows;
        Map<Long, List<float[]>> routes = new HashMap<>();
        for (Segment segment : answering()) {
            int count = routed(segment, routed);
            int answers = count == 0 ? 0 : segment.input().answers();
            routes.put(
                    segment.input().sequence(),
                    IntStream.range(segment.last() - answers, segment.last())
                            .mapToObj(row -> Arrays.copyOfRange(acted, row * width, row * width + count))
                            .toList());
        }
        return routes;
    }

    private static int routed(Segment segment, ToIntFunction<String> routed) {
        String adapter = segment.sequence().adapter();
        return adapter == null ? 0 : routed.applyAsInt(adapter);
    }

    /** Names of the adapters in use. */
    List<String> adapters() {
        return segments.stream()
                .flatMap(segment -> Stream.ofNullable(segment.sequence().adapter()))
                .distinct()
                .toList();
    }

    /** First row, end row and index of the adapter of all rows in between, for each run of segments with the same one. */
    long[] groups(ToLongFunction<String> index) {
        List<Long> groups = new ArrayList<>();
        String previous = null;
        for (Segment segment : segments) {
            String adapter = segment.sequence().adapter();
            if (adapter != null && adapter.equals(previous)) {
                groups.set(groups.size() - 2, (long) segment.last());
            } else if (adapter != null) {
                groups.addAll(List.of((long) segment.first(), (long) segment.last(), index.applyAsLong(adapter)));
            }
            previous = adapter;
        }
        return groups.stream().mapToLong(Long::longValue).toArray();
    }

    /** Segments of whose positions the logits of some are wanted. */
    List<Segment> answering() {
        return segments.stream()
                .filter(segment -> segment.input().answers() > 0)
                .toList();
    }

    /** Segments some of whose tokens are to be scored. */
    List<Segment> scoring() {
        return segments.stream()
                .filter(segment -> segment.input().scoring() != null)
                .toList();
    }
}
