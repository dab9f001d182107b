package dev.paddock.methods.drafting;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a draft model's tokens are chosen where an answer is sampled. */
public enum DraftSampling {
    /** Always the likeliest: the same seed gives the same answer, with drafts or without. */
    @JsonProperty("greedy")
    GREEDY,
    /** Drawn from its distribution: more guesses are right, and a seed's answer depends on what ran beside it. */
    @JsonProperty("probabilistic")
    PROBABILISTIC
}
