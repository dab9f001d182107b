package dev.paddock.benchmarks.estimate;

import dev.paddock.benchmarks.estimate.Combination.Task;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.training.OptimizerKind;
import java.util.List;

/** The combinations that are measured: forms of adapters, lengths, batches, precisions, and what else changes a run. */
final class Combinations {
    private static final ScalarType BF16 = ScalarType.BFLOAT16;
    private static final ScalarType FP32 = ScalarType.FLOAT32;

    private Combinations() {}

    static final List<Combination> ALL = List.of(
            plain("lora", 8, 1, 128, BF16),
            plain("lora", 8, 4, 128, BF16),
            plain("lora", 8, 8, 128, BF16),
            plain("lora", 64, 4, 128, BF16),
            plain("lora", 8, 1, 512, BF16),
            plain("lora", 8, 4, 512, BF16),
            plain("lora", 8, 1, 1024, BF16),
            plain("lora", 8, 4, 128, FP32),
            plain("lora", 8, 1, 512, FP32),
            plain("dora", 8, 4, 128, BF16),
            plain("dora", 8, 1, 512, FP32),
            plain("series", 8, 4, 128, BF16),
            plain("parallel", 8, 1, 512, BF16),
            plain("full", 0, 4, 128, BF16),
            plain("full", 0, 1, 512, FP32),
            plain("full", 0, 1, 1024, BF16),
            plain("lora", 8, 4, 512, BF16).recomputed(),
            plain("lora", 8, 2, 512, BF16).learning(Task.PAIRS),
            plain("qlora", 8, 4, 128, BF16),
            plain("full", 0, 4, 128, BF16).updatedBy(OptimizerKind.ADAMW_8BIT),
            plain("full", 0, 1, 512, BF16).updatedBy(OptimizerKind.ADAFACTOR),
            plain("lora", 8, 4, 128, BF16).learning(Task.LABELS),
            plain("lora", 8, 1, 512, BF16).learning(Task.TOKEN_LABELS),
            plain("lora", 8, 1, 4096, BF16));

    private static Combination plain(String adapter, int rank, int rows, int length, ScalarType type) {
        return new Combination(adapter, rank, rows, length, type, false, Task.TEXTS, OptimizerKind.ADAMW);
    }
}
