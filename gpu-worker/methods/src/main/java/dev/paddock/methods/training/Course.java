package dev.paddock.methods.training;

/**
 * How a run goes over its rows.
 *
 * @param learningRate peak of the schedule
 * @param epochs passes over the rows
 * @param batchSize packed sequences of a forward pass
 * @param sequenceLength tokens of a packed sequence; less where the base's context is shorter
 * @param params what methods share
 */
public record Course(double learningRate, int epochs, int batchSize, int sequenceLength, CourseParams params) {}
