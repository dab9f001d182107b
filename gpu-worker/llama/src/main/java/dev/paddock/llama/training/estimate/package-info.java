/**
 * Memory and time of a run before it begins, from the engine's own structure and a calibration of this machine (the way of
 * "Fine Tuning LLM for Enterprise: Practical Guidelines and Recommendations", Mathav Raj J et al. 2024, arXiv:2404.10779).
 */
@NullMarked
package dev.paddock.llama.training.estimate;

import org.jspecify.annotations.NullMarked;
