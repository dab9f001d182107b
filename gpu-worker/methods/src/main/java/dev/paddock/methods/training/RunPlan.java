package dev.paddock.methods.training;

import dev.paddock.llama.training.PlannedWork;
import dev.paddock.llama.training.estimate.Workload;

/**
 * What a run would take up and compute.
 *
 * @param work base, adaptation and settings
 * @param plan its steps and batches
 */
public record RunPlan(Workload work, PlannedWork plan) {}
