package dev.paddock.llama.training.estimate;

import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.PlannedWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a run would take on GPU types that are not here: the engine's own tensors and work at the figures of the makers' data
 * sheets. Nothing of it is measured.
 */
public final class GpuTable {
    private static final String FILE = "gpus.csv";
    /** Share of the stated product speed that training reaches: 0.38 to 0.43 in Grattafiori et al. 2024, arXiv:2407.21783, table 4. */
    private static final double PRODUCT_SHARE = 0.4;

    private static final double BANDWIDTH_SHARE = 0.7;
    /** A process's context and libraries on the card; a round figure. */
    private static final long CONTEXT = 1L << 30;

    private static final double GIGA = 1e9;
    private static final double TERA = 1e12;
    private static final List<String> ASSUMPTIONS = List.of(
            "from data sheets: nothing is measured, and this engine does not train on GPUs",
            "products at 40 % of the stated bf16 speed, everything else at 70 % of the stated bandwidth",
            "one card");

    private GpuTable() {}

    /** The types, as the checked-in table has them. */
    public static List<Gpu> all() {
        try (InputStream in = Objects.requireNonNull(GpuTable.class.getResourceAsStream(FILE), FILE)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(GpuTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Gpu row(String line) {
        String[] fields = line.split(",", -1);
        return new Gpu(
                fields[0],
                Long.parseLong(fields[1]) << 30,
                Double.parseDouble(fields[2]) * TERA,
                Double.parseDouble(fields[3]) * GIGA,
                fields[4] + ", read at " + fields[5]);
    }

    /** Memory on the card and time of a run. */
    public static Estimate estimate(Gpu gpu, Workload work, PlannedWork plan) {
        MemoryModel model = new MemoryModel(work);
        BatchShape largest = plan.epoch().stream()
                .max(Comparator.comparingLong(batch -> model.activations(batch) + model.workspace(batch)))
                .orElseThrow();
        Map<String, Long> memory = new LinkedHashMap<>();
        memory.put("process", CONTEXT);
        memory.put("frozen weights", model.frozen());
        memory.put("trained weights, gradients, moments", model.trained());
        memory.put("copies in the compute type", model.copies());
        memory.put("activations", model.activations(largest));
        memory.put("logits and workspace", model.workspace(largest));
        double seconds = seconds(gpu, work, new WorkModel(work).run(plan));
        return new Estimate(
                memory.values().stream().mapToLong(Long::longValue).sum(),
                memory,
                work.counts().trained(),
                plan.steps(),
                plan.tokens(),
                0,
                seconds / plan.steps(),
                seconds,
                false,
                ASSUMPTIONS);
    }

    private static double seconds(Gpu gpu, Workload work, Amounts run) {
        double scores = 2.0 * work.config().headSize() * run.of(Work.ATTENTION);
        double products = run.of(Work.PRODUCTS) + run.of(Work.THIN_PRODUCTS) + scores;
        double updates = run.of(Work.UPDATES)
                + run.of(Work.UPDATES_8BIT)
                + run.of(Work.UPDATES_PAGED)
                + run.of(Work.UPDATES_FACTORED);
        double bytes = work.bytes() * (run.of(Work.ELEMENTS) + run.of(Work.WEIGHTS) + 2 * run.of(Work.DEQUANTIZED))
                + 4 * Float.BYTES * run.of(Work.LOGITS)
                + 8 * Float.BYTES * updates;
        return products / (PRODUCT_SHARE * gpu.bf16Flops()) + bytes / (BANDWIDTH_SHARE * gpu.bandwidth());
    }
}
