package dev.paddock.trainingjob.job;

/** One value of one named metric; {@code id} grows, and a later attempt may repeat steps after its checkpoint. */
public record Metric(long id, int attempt, int step, String name, double value) {}
