package dev.paddock.llama.template;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A Python range of at most {@value #MAX_LENGTH} numbers, the sandbox's own bound. */
record Range(long start, long stop, long step) {
    static final long MAX_LENGTH = 100_000;

    Range {
        if (step == 0) {
            throw new ChatTemplateException("range() step must not be zero");
        }
        if (lengthOf(start, stop, step) > MAX_LENGTH) {
            throw new ChatTemplateException("range() is longer than " + MAX_LENGTH);
        }
    }

    long length() {
        return lengthOf(start, stop, step);
    }

    Object get(long index) {
        return start + index * step;
    }

    Stream<Object> stream() {
        return LongStream.range(0, length()).mapToObj(this::get);
    }

    List<Object> elements() {
        return stream().toList();
    }

    private static long lengthOf(long start, long stop, long step) {
        double distance = ((double) stop - start) / step;
        return distance <= 0 ? 0 : (long) Math.min(Math.ceil(distance), Long.MAX_VALUE / 2.0);
    }
}
