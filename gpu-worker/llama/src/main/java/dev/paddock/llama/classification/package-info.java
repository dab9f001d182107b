/**
 * Models that give labels instead of texts (Li et al. 2023, "Label Supervised LLaMA Finetuning", arXiv:2310.01208): a linear head on
 * the last hidden states, of the last token for a text's label, of every token of a message for the labels of its spans.
 */
@NullMarked
package dev.paddock.llama.classification;

import org.jspecify.annotations.NullMarked;
