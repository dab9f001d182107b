package dev.paddock.llama.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a row that is longer than the limit and makes no sense in pieces. */
public enum Truncation {
    /** It loses tokens, or is left out where nothing of use would be left. */
    @JsonProperty("truncate")
    TRUNCATE,
    /** It ends the run. */
    @JsonProperty("refuse")
    REFUSE
}
