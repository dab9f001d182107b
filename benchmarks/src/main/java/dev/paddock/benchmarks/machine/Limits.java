package dev.paddock.benchmarks.machine;

import dev.paddock.benchmarks.Bench;
import dev.paddock.benchmarks.Benchmark;
import dev.paddock.benchmarks.Figure;
import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Parameter;
import dev.paddock.llama.torch.ScalarType;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** The limits that bound every other figure. */
@CatalogueEntry(
        id = "limits",
        family = "machine",
        summary = "Products in fp32 and bf16, and reading memory, as fast as libtorch does them here.",
        paper = "Roofline: An Insightful Visual Performance Model for Multicore Architectures")
public final class Limits implements Benchmark<Limits.Params> {
    /** Sizes. */
    public record Params(
            @Parameter(value = "2048", description = "Rows and columns of the matrices") @Min(64) @Max(8192) int size,

            @Parameter(value = "512", description = "Memory that is read, in MiB") @Min(1) @Max(4096) int mebibytes) {}

    @Override
    public List<Figure> run(Params params, Bench bench) {
        try (MachineLimits limits = new MachineLimits()) {
            bench.progress().at("products in fp32", 0, 3);
            double single = limits.gemm(ScalarType.FLOAT32, params.size());
            bench.progress().at("products in bf16", 1, 3);
            double half = limits.gemm(ScalarType.BFLOAT16, params.size());
            bench.progress().at("reading", 2, 3);
            double read = limits.read(params.mebibytes());
            return List.of(
                    Figure.once("limits-sgemm", single / 1e9, "GFLOP/s", null),
                    Figure.once("limits-bf16-gemm", half / 1e9, "GFLOP/s", null),
                    Figure.once("limits-memory-read", read / 1e9, "GB/s", null));
        }
    }
}
