package dev.paddock.contracts.lease;

/** One value of one named metric at a step. */
public record MetricPoint(int step, String name, double value) {}
