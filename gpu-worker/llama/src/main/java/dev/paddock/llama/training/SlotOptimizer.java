package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.optimizer.Adafactor;
import dev.paddock.llama.optimizer.AdamW;
import dev.paddock.llama.optimizer.EightBitMoments;
import dev.paddock.llama.optimizer.FullMoments;
import dev.paddock.llama.optimizer.OptimizerState;
import dev.paddock.llama.optimizer.TrainedTensor;
import dev.paddock.llama.optimizer.UpdateStep;
import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.TensorMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Updates the slots of flat buffers, in the tensors' own memory, by an optimizer that keeps its state elsewhere. */
final class SlotOptimizer implements AutoCloseable {
    private static final String FILE = "optimizer.bin";

    private final OptimizerState state;
    private final List<FlatSlot> slots;
    private final TensorMemory values;
    private final TensorMemory gradients;

    private SlotOptimizer(OptimizerState state, List<FlatSlot> slots, NDArray values, NDArray gradients) {
        this.state = state;
        this.slots = slots;
        this.values = TensorMemory.of(values);
        this.gradients = TensorMemory.of(gradients);
    }

    static SlotOptimizer of(TrainingSettings settings, List<FlatSlot> slots, NDArray values, NDArray gradients) {
        List<TrainedTensor> tensors = slots.stream()
                .map(slot -> new TrainedTensor(slot.rows(), slot.columns(), slot.decay()))
                .toList();
        return new SlotOptimizer(state(settings, tensors), slots, values, gradients);
    }

    private static OptimizerState state(TrainingSettings settings, List<TrainedTensor> tensors) {
        AdamW rule = settings.optimizer();
        int threads = Libtorch.threads();
        return switch (settings.options().optimizer()) {
            case ADAMW -> FullMoments.resident(rule, tensors, threads);
            case ADAMW_8BIT -> new EightBitMoments(rule, tensors, threads);
            case PAGED_ADAMW -> paged(rule, tensors, threads);
            case ADAFACTOR ->
                new Adafactor(
                        new Adafactor.Rule(
                                Adafactor.Rule.DEFAULT.epsilon(),
                                Adafactor.Rule.DEFAULT.clip(),
                                Adafactor.Rule.DEFAULT.decay(),
                                rule.weightDecay()),
                        tensors);
        };
    }

    private static OptimizerState paged(AdamW rule, List<TrainedTensor> tensors, int threads) {
        try {
            Path folder = Files.createTempDirectory("paddock-moments");
            OptimizerState state = FullMoments.paged(rule, tensors, threads, folder.resolve("moments"));
            folder.toFile().deleteOnExit();
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One update of every slot.
     *
     * @param number of the update, from 1
     * @param learningRate rate of slots whose own factor is 1
     * @param gradientScale what the summed gradients are multiplied with first
     */
    void update(int number, double learningRate, double gradientScale) {
        for (int i = 0; i < slots.size(); i++) {
            FlatSlot slot = slots.get(i);
            state.update(
                    i,
                    part(values, slot),
                    part(gradients, slot),
                    new UpdateStep(number, learningRate * slot.rate(), gradientScale));
        }
    }

    private static FloatBuffer part(TensorMemory memory, FlatSlot slot) {
        FloatBuffer all = memory.bytes().asFloatBuffer();
        return all.slice(Math.toIntExact(slot.offset()), Math.toIntExact(slot.elements()));
    }

    /** Writes the state beside a checkpoint's parameters. */
    void write(Path folder) {
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            state.write(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads what {@link #write} wrote. */
    void read(Path folder) {
        try (FileChannel channel = FileChannel.open(folder.resolve(FILE), StandardOpenOption.READ)) {
            state.read(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        state.close();
    }
}
