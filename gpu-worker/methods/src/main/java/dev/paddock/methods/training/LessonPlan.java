package dev.paddock.methods.training;

import dev.paddock.llama.training.Lessons;
import dev.paddock.llama.training.Validation;

/**
 * What a run learns from its rows, and what it measures and never learns from.
 *
 * @param lessons what it learns
 * @param validation what it measures, and how often
 */
public record LessonPlan(Lessons lessons, Validation validation) {}
