package dev.paddock.llama.optimizer;

import dev.paddock.llama.config.Rules;

/**
 * One update.
 *
 * @param number of the update, from 1
 * @param learningRate at this update
 * @param gradientScale what gradients are multiplied with first: clipping, and a mean over summed ones
 */
public record UpdateStep(int number, double learningRate, double gradientScale) {
    public UpdateStep {
        Rules.atLeast("number", number, 1);
        Rules.notNegative("learningRate", learningRate);
        Rules.notNegative("gradientScale", gradientScale);
    }
}
