package dev.paddock.worker.jobs;

import dev.paddock.contracts.event.TrainingEnvironment;
import dev.paddock.contracts.event.TrainingEnvironment.EarlierEnvironment;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.RunEnvironment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a run was computed in, as others are told of it. */
final class Environments {
    private Environments() {}

    static TrainingEnvironment told(RunEnvironment run) {
        List<EarlierEnvironment> earlier = run.earlier().stream()
                .map(part -> new EarlierEnvironment(part.lastStep(), part.threads(), part.processor()))
                .toList();
        return new TrainingEnvironment(
                run.threads(),
                run.libtorch(),
                run.processor(),
                precision(run.computeType()),
                earlier.isEmpty() ? null : earlier);
    }

    private static @Nullable String precision(@Nullable ScalarType type) {
        return type == null ? null : type == ScalarType.BFLOAT16 ? "bf16" : "fp32";
    }
}
