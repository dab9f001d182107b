package dev.paddock.llama.training.estimate;

import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.PlannedWork;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Estimates runs on the machine that a calibration measured. */
public record Estimator(Calibration calibration) {
    /**
     * What the allocator holds beyond what is asked for, as a share of it: its free pieces grow over the first steps. Measured on
     * the default base.
     */
    private static final double SLACK = 0.30;

    private static final List<String> ASSUMPTIONS = List.of(
            "rows are packed as the run packs them; the first pass stands for all",
            "the base's mapped files stay in memory",
            "nothing else computes on this machine meanwhile");

    /** Memory and time of a run. */
    public Estimate estimate(Workload work, PlannedWork plan) {
        WorkModel model = new WorkModel(work);
        Map<Work, Double> rates = calibration.of(work.type());
        double reference = plan.reference()
                ? plan.epoch().stream()
                                .mapToDouble(batch -> model.reference(batch).seconds(rates))
                                .sum()
                        / plan.share()
                : 0;
        double whole = model.run(plan).seconds(rates);
        Map<String, Long> memory = memory(work, plan);
        return new Estimate(
                sum(memory),
                memory,
                work.counts().trained(),
                plan.steps(),
                plan.tokens(),
                reference,
                (whole - reference) / plan.steps(),
                whole,
                true,
                ASSUMPTIONS);
    }

    /** Most memory that a run takes, whose rows are as full as its settings allow. */
    public long fullRowsMemory(Workload work) {
        int length = work.settings().maxLength();
        return sum(memory(
                work,
                List.of(BatchShape.full(
                        work.settings().batchRows(),
                        length,
                        work.settings().options().causal()))));
    }

    private Map<String, Long> memory(Workload work, PlannedWork plan) {
        return memory(work, plan.epoch());
    }

    private Map<String, Long> memory(Workload work, List<BatchShape> batches) {
        MemoryModel model = new MemoryModel(work);
        BatchShape largest = batches.stream()
                .max(Comparator.comparingLong(batch -> model.activations(batch) + model.workspace(batch)))
                .orElseThrow();
        Map<String, Long> parts = new LinkedHashMap<>();
        parts.put("process", calibration.processBytes());
        parts.put("base files", work.fileBytes());
        parts.put("frozen weights", model.frozen());
        parts.put("trained weights, gradients, moments", model.trained());
        parts.put("copies in the compute type", model.copies());
        parts.put("activations", model.activations(largest));
        parts.put("logits and workspace", model.workspace(largest));
        parts.put(
                "allocator",
                (long) (SLACK * (model.activations(largest) + model.workspace(largest))) + model.reading());
        return parts;
    }

    private static long sum(Map<String, Long> parts) {
        return parts.values().stream().mapToLong(Long::longValue).sum();
    }
}
