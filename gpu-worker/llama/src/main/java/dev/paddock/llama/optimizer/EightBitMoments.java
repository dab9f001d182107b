package dev.paddock.llama.optimizer;

import dev.paddock.llama.quantization.DynamicBlocks;
import dev.paddock.llama.quantization.DynamicMap;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * AdamW with both moments in eight bits ({@code adamw-8bit}; Dettmers et al. 2022, arXiv:2110.02861): blocks of 256 numbers with
 * their largest magnitude, the first moment by the signed map, the second by the unsigned one. Tensors of less than 4,096 numbers
 * keep fp32 moments. Codes and magnitudes are those of bitsandbytes' AdamW8bit on a processor.
 */
public final class EightBitMoments implements OptimizerState {
    private static final String NAME = "adamw-8bit";
    /** Tensors with fewer numbers are not quantized. */
    private static final int LEAST = 4096;

    private final AdamW rule;
    private final List<TrainedTensor> tensors;
    private final long[] places;
    private final StateMemory memory;
    private final Pieces pieces;

    /** @param threads threads that work, the caller's among them */
    public EightBitMoments(AdamW rule, List<TrainedTensor> tensors, int threads) {
        this.rule = rule;
        this.tensors = List.copyOf(tensors);
        places = new long[tensors.size() + 1];
        for (int i = 0; i < tensors.size(); i++) {
            places[i + 1] = places[i] + size(tensors.get(i));
        }
        memory = StateMemory.resident(places[tensors.size()]);
        pieces = new Pieces(threads);
    }

    private static boolean small(TrainedTensor tensor) {
        return tensor.elements() < LEAST;
    }

    /** Two moments, each with its numbers and magnitudes. */
    private static long size(TrainedTensor tensor) {
        return 2 * (numbers(tensor) + magnitudes(tensor));
    }

    /** Bytes of one moment's numbers, a multiple of four. */
    private static long numbers(TrainedTensor tensor) {
        return small(tensor) ? tensor.elements() * Float.BYTES : (tensor.elements() + 3) / 4 * 4;
    }

    private static long magnitudes(TrainedTensor tensor) {
        return small(tensor) ? 0 : (long) DynamicBlocks.count(tensor.elements()) * Float.BYTES;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void update(int tensor, FloatBuffer parameters, FloatBuffer gradients, UpdateStep step) {
        TrainedTensor shape = tensors.get(tensor);
        long first = places[tensor];
        long second = first + numbers(shape) + magnitudes(shape);
        pieces.run(shape, parameters, gradients, (numbers, codes, from, count) -> {
            load(shape, first, DynamicMap.SIGNED, from, count, codes, numbers.first);
            load(shape, second, DynamicMap.UNSIGNED, from, count, codes, numbers.second);
            rule.apply(step, shape.decay(), numbers, count);
            store(shape, first, DynamicMap.SIGNED, from, count, codes, numbers.first);
            store(shape, second, DynamicMap.UNSIGNED, from, count, codes, numbers.second);
        });
    }

    private void load(
            TrainedTensor shape, long place, DynamicMap map, int from, int count, byte[] codes, float[] into) {
        if (small(shape)) {
            memory.get(place + (long) from * Float.BYTES, into, count);
            return;
        }
        float[] largest = new float[DynamicBlocks.count(count)];
        memory.get(place + from, codes, count);
        memory.get(magnitude(shape, place, from), largest, largest.length);
        float[] block = new float[DynamicBlocks.BLOCK];
        for (int i = 0; i < largest.length; i++) {
            int at = i * DynamicBlocks.BLOCK;
            int size = Math.min(block.length, count - at);
            DynamicBlocks.dequantize(map, codes, at, size, largest[i], block);
            System.arraycopy(block, 0, into, at, size);
        }
    }

    private void store(
            TrainedTensor shape, long place, DynamicMap map, int from, int count, byte[] codes, float[] values) {
        if (small(shape)) {
            memory.put(place + (long) from * Float.BYTES, values, count);
            return;
        }
        float[] largest = new float[DynamicBlocks.count(count)];
        float[] block = new float[DynamicBlocks.BLOCK];
        for (int i = 0; i < largest.length; i++) {
            int at = i * DynamicBlocks.BLOCK;
            int size = Math.min(block.length, count - at);
            System.arraycopy(values, at, block, 0, size);
            largest[i] = DynamicBlocks.quantize(map, block, size, codes, at);
        }
        memory.put(place + from, codes, count);
        memory.put(magnitude(shape, place, from), largest, largest.length);
    }

    private static long magnitude(TrainedTensor shape, long place, int from) {
        return place + numbers(shape) + (long) (from / DynamicBlocks.BLOCK) * Float.BYTES;
    }

    /** Codes of a tensor's moments, the first one's before the second one's. */
    List<byte[]> codes(int tensor) {
        TrainedTensor shape = tensors.get(tensor);
        List<byte[]> both = new ArrayList<>();
        for (long place : new long[] {places[tensor], places[tensor] + numbers(shape) + magnitudes(shape)}) {
            byte[] codes = new byte[(int) shape.elements()];
            memory.get(place, codes, codes.length);
            both.add(codes);
        }
        return both;
    }

    @Override
    public long bytes() {
        return memory.size();
    }

    @Override
    public void write(WritableByteChannel channel) throws IOException {
        memory.write(NAME, channel);
    }

    @Override
    public void read(ReadableByteChannel channel) throws IOException {
        memory.read(NAME, channel);
    }

    @Override
    public void close() {
        pieces.close();
        memory.close();
    }
}
