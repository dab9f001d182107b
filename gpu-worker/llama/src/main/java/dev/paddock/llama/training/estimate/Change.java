package dev.paddock.llama.training.estimate;

/**
 * A change with which a run fits.
 *
 * @param text what to order instead, in the parameters' names
 * @param work the run with it
 */
public record Change(String text, Workload work) {}
