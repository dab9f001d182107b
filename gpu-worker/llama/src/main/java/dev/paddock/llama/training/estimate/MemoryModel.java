package dev.paddock.llama.training.estimate;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.ParameterCounts;
import java.util.List;

/**
 * Bytes that a run takes, part by part as {@code block.torchscript}, {@code step.torchscript} and {@code parameters.torchscript}
 * make them. N places of a batch, D width, F feed-forward width, L blocks, V vocabulary.
 */
final class MemoryModel {
    /** A piece of a matrix while it is read: as stored, as bytes, and converted. */
    private static final long READING = 3L << 24;

    private final Workload work;
    private final LlamaConfig config;
    private final ParameterCounts counts;
    private final List<GroupWork> groups;

    MemoryModel(Workload work) {
        this.work = work;
        config = work.config();
        counts = work.counts();
        groups = GroupWork.of(work);
    }

    /** Frozen tensors, and one block's matrices where they are dequantized. */
    long frozen() {
        long dequantized = work.storage().dequantized() ? counts.frozenMatrices() / config.layers() * work.bytes() : 0;
        return (long) (counts.frozenMatrices() * work.storage().bytesPerElement())
                + counts.frozenOthers() * work.bytes()
                + dequantized;
    }

    /** Masters and gradients in fp32, and the optimizer's state. */
    long trained() {
        double state = work.settings().options().optimizer().stateBytes();
        return (long) ((2 * Float.BYTES + state) * counts.trained());
    }

    /** What of trained tensors stands in the compute type during a step. */
    long copies() {
        long whole = work.bytes() == Float.BYTES ? 0 : counts.whole() * work.bytes();
        return whole
                + groups.stream()
                        .mapToLong(group -> group.joined() * work.bytes() + group.scaleBytes())
                        .sum();
    }

    /** What the blocks leave for the way back. */
    long activations(BatchShape batch) {
        long layers = config.layers();
        long tape = batch.tokens() * tokenTape(batch) + probabilities(batch);
        return work.recomputes() ? layers * batch.tokens() * config.hiddenSize() * work.bytes() + tape / layers : tape;
    }

    /** Bytes of all blocks' 22 tensors for one token. */
    private long tokenTape(BatchShape batch) {
        long width = 2L * config.hiddenSize()
                + 2L * config.querySize()
                + 2L * config.keyValueSize()
                + (batch.keepsProbabilities() ? 3L : 2L) * config.intermediateSize();
        long adapters = groups.stream().mapToLong(GroupWork::kept).sum();
        return (config.layers() * width + adapters) * work.bytes() + config.layers() * 2L * Float.BYTES;
    }

    private long probabilities(BatchShape batch) {
        return batch.keepsProbabilities()
                ? batch.rows() * batch.keyPairs() * config.heads() * config.layers() * work.bytes()
                : 0;
    }

    /** The most that stands beside the tape: logits with their gradient, or one block's way back. */
    long workspace(BatchShape batch) {
        return Math.max(logits(batch), blockBackward(batch));
    }

    private long logits(BatchShape batch) {
        long outputs = work.outputs();
        long chunk = batch.logitRows() * outputs * (work.bytes() + 2L * Float.BYTES);
        long rows = batch.tokens() * config.hiddenSize() * (4L * work.bytes() + 2L * Float.BYTES);
        long gradient = counts.trainsMatrices() ? outputs * config.hiddenSize() * work.bytes() : 0;
        return chunk + rows + gradient;
    }

    private long blockBackward(BatchShape batch) {
        long forward = 5L * config.intermediateSize() * work.bytes() + 4L * config.hiddenSize() * Float.BYTES;
        long scores = (batch.keepsProbabilities() ? 1L : 2L) * config.heads();
        long mask = batch.keepsProbabilities() ? 0L : 2L;
        long attention = (scores + mask) * batch.rows() * batch.widest() * work.bytes();
        long dora = groups.stream()
                .filter(group -> group.scaleBytes() > 0)
                .mapToLong(group -> 2 * Float.BYTES * group.outputs())
                .max()
                .orElse(0);
        return batch.tokens() * (forward + dora) + attention;
    }

    /** What reading the base takes for a moment. */
    long reading() {
        return READING;
    }
}
