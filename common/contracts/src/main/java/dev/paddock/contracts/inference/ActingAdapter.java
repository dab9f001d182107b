package dev.paddock.contracts.inference;

/**
 * An adapter among which gates chose while an answer was made.
 *
 * @param versionId the version that it was when the gates were trained
 * @param share in the answer's tokens: the mean of its weight over tokens and gates; all adapters' sum is 1
 */
public record ActingAdapter(String versionId, double share) {}
