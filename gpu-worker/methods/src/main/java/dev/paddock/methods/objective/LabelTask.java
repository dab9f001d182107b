package dev.paddock.methods.objective;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What gets a label. */
public enum LabelTask {
    @JsonProperty("sequence")
    SEQUENCE,
    @JsonProperty("token")
    TOKEN
}
