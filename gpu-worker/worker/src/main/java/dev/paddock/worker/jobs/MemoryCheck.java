package dev.paddock.worker.jobs;

import dev.paddock.llama.training.estimate.Estimator;
import dev.paddock.llama.training.estimate.MemoryLimit;
import dev.paddock.methods.training.RunPlan;
import dev.paddock.worker.estimate.Processes;
import java.util.Locale;
import java.util.OptionalLong;

/** Refuses a job that cannot fit before anything of it is loaded. */
final class MemoryCheck {
    private static final double GIB = 1 << 30;

    private MemoryCheck() {}

    /**
     * What the run is expected to take, in words.
     *
     * @throws IllegalArgumentException where it is more than this process may use, naming the smallest change that fits
     */
    static String of(RunPlan run) {
        return of(run, MemoryLimit.bytes());
    }

    static String of(RunPlan run, OptionalLong limit) {
        Estimator estimator = new Estimator(Processes.unmeasured());
        long peak = estimator.estimate(run.work(), run.plan()).peakMemoryBytes();
        if (limit.isPresent() && peak > limit.getAsLong()) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "the order needs %.1f GiB and this worker has %.1f GiB; %s",
                    peak / GIB,
                    limit.getAsLong() / GIB,
                    Processes.wayOut(estimator, run, limit.getAsLong())));
        }
        return String.format(Locale.ROOT, "expects a peak of %.1f GiB of memory", peak / GIB);
    }
}
