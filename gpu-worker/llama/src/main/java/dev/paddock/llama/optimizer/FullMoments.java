package dev.paddock.llama.optimizer;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** AdamW with both moments in fp32: in this process ({@code adamw}), or in a file that is paged in and out ({@code paged-adamw}). */
public final class FullMoments implements OptimizerState {
    private static final int BYTES = 2 * Float.BYTES;

    private final String name;
    private final AdamW rule;
    private final List<TrainedTensor> tensors;
    private final long[] places;
    private final StateMemory memory;
    private final Pieces pieces;

    private FullMoments(String name, AdamW rule, List<TrainedTensor> tensors, StateMemory memory, int threads) {
        this.name = name;
        this.rule = rule;
        this.tensors = List.copyOf(tensors);
        this.memory = memory;
        places = places(tensors);
        pieces = new Pieces(threads);
    }

    /** Moments outside the Java heap. */
    public static FullMoments resident(AdamW rule, List<TrainedTensor> tensors, int threads) {
        return new FullMoments("adamw", rule, tensors, StateMemory.resident(size(tensors)), threads);
    }

    /**
     * Moments in a mapped file, streamed through each update in pieces (Dettmers et al. 2023, arXiv:2305.14314, section 3).
     *
     * @param file file that does not exist yet, on a disk with 8 bytes free for each trained number
     */
    public static FullMoments paged(AdamW rule, List<TrainedTensor> tensors, int threads, Path file)
            throws IOException {
        return new FullMoments("paged-adamw", rule, tensors, StateMemory.paged(file, size(tensors)), threads);
    }

    private static long size(List<TrainedTensor> tensors) {
        return tensors.stream().mapToLong(TrainedTensor::elements).sum() * BYTES;
    }

    private static long[] places(List<TrainedTensor> tensors) {
        long[] places = new long[tensors.size()];
        for (int i = 1; i < places.length; i++) {
            places[i] = places[i - 1] + tensors.get(i - 1).elements() * BYTES;
        }
        return places;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void update(int tensor, FloatBuffer parameters, FloatBuffer gradients, UpdateStep step) {
        TrainedTensor shape = tensors.get(tensor);
        pieces.run(shape, parameters, gradients, (numbers, codes, from, count) -> {
            long first = places[tensor] + (long) from * Float.BYTES;
            long second = first + shape.elements() * Float.BYTES;
            memory.get(first, numbers.first, count);
            memory.get(second, numbers.second, count);
            rule.apply(step, shape.decay(), numbers, count);
            memory.put(first, numbers.first, count);
            memory.put(second, numbers.second, count);
        });
    }

    @Override
    public long bytes() {
        return memory.size();
    }

    @Override
    public void write(WritableByteChannel channel) throws IOException {
        memory.write(name, channel);
    }

    @Override
    public void read(ReadableByteChannel channel) throws IOException {
        memory.read(name, channel);
    }

    @Override
    public void close() {
        pieces.close();
        memory.close();
    }
}
