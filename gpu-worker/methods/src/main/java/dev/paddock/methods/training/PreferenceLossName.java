package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The losses of {@link Dpo}. */
public enum PreferenceLossName {
    @JsonProperty("sigmoid")
    SIGMOID,
    @JsonProperty("ipo")
    IPO,
    @JsonProperty("simpo")
    SIMPO,
    @JsonProperty("orpo")
    ORPO,
    @JsonProperty("kto")
    KTO
}
