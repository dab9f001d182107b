package dev.paddock.worker.estimate;

import dev.paddock.llama.torch.Libtorch;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.PeakMemory;
import dev.paddock.llama.training.estimate.Calibration;
import dev.paddock.llama.training.estimate.Change;
import dev.paddock.llama.training.estimate.Changes;
import dev.paddock.llama.training.estimate.Estimator;
import dev.paddock.llama.training.estimate.Work;
import dev.paddock.methods.training.RunPlan;
import java.util.Map;

/**
 * Memory without a calibration: what this process held when it was first asked, before it trained anything, stands for one without
 * a model. Later the allocator keeps what a run has freed, and the next run uses it again.
 */
public final class Processes {
    private static final Map<Work, Double> NO_RATES = Map.of();
    private static final long FIRST = PeakMemory.resident();

    private Processes() {}

    /** A calibration of memory alone; its times are 0. */
    public static Calibration unmeasured() {
        return new Calibration(
                FIRST,
                Map.of(ScalarType.BFLOAT16, NO_RATES, ScalarType.FLOAT32, NO_RATES),
                Libtorch.threads(),
                "not measured");
    }

    /** The smallest change with which a run fits, as a sentence. */
    public static String wayOut(Estimator estimator, RunPlan run, long limitBytes) {
        return Changes.find(estimator, run.work(), limitBytes)
                .map(Change::text)
                .map(text -> "it fits with " + text)
                .orElse("no smaller order of this base fits: take a smaller base or a larger worker");
    }
}
