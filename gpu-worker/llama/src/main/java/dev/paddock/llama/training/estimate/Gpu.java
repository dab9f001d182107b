package dev.paddock.llama.training.estimate;

/**
 * A GPU type as its maker describes it.
 *
 * @param name of the type
 * @param memoryBytes of one card
 * @param bf16Flops dense multiplications and additions a second in bf16
 * @param bandwidth bytes a second
 * @param source where the figures stand
 */
public record Gpu(String name, long memoryBytes, double bf16Flops, double bandwidth, String source) {}
