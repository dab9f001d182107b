package dev.paddock.llama.training.estimate;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.Adaptation;
import dev.paddock.llama.training.ParameterCounts;
import dev.paddock.llama.training.TrainingSettings;
import dev.paddock.llama.weights.WeightSource;

/**
 * A run as its memory and time depend on it, but for its rows.
 *
 * @param config the base's shape
 * @param adaptation what is trained
 * @param settings how
 * @param storage how the frozen matrices lie
 * @param fileBytes size of the base's files, which are mapped into memory while they are read
 */
public record Workload(
        LlamaConfig config, Adaptation adaptation, TrainingSettings settings, FrozenStorage storage, long fileBytes) {
    /** With frozen matrices as the adaptation wants them. */
    public Workload(LlamaConfig config, Adaptation adaptation, TrainingSettings settings, long fileBytes) {
        this(config, adaptation, settings, FrozenStorage.of(adaptation, settings.computeType()), fileBytes);
    }

    /** A run on a base whose files are here. */
    public static Workload of(WeightSource base, Adaptation adaptation, TrainingSettings settings) {
        return new Workload(base.config(), adaptation, settings, fileBytes(base));
    }

    /** Size of a base's files. */
    public static long fileBytes(WeightSource base) {
        return base.names().stream().mapToLong(name -> base.info(name).bytes()).sum();
    }

    /** Bytes of a number in the compute type. */
    int bytes() {
        return type().bytes();
    }

    ScalarType type() {
        return settings.computeType();
    }

    ParameterCounts counts() {
        return ParameterCounts.of(config, adaptation);
    }

    /** Rows of the output matrix: labels where a classification head stands for it. */
    int outputs() {
        return adaptation.labels() > 0 ? adaptation.labels() : config.vocabularySize();
    }

    /** Whether tensors that are trained are cast for each step. */
    boolean copiesAreCast() {
        return type() != ScalarType.FLOAT32;
    }

    boolean recomputes() {
        return settings.options().recompute();
    }

    /** The same with another adaptation. */
    Workload with(Adaptation other) {
        return new Workload(config, other, settings, fileBytes);
    }

    /** The same with other settings. */
    Workload with(TrainingSettings other) {
        FrozenStorage kept = storage.dequantized() ? storage : FrozenStorage.resident(other.computeType());
        return new Workload(config, adaptation, other, kept, fileBytes);
    }
}
