package dev.paddock.methods.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The linear layers of a LLaMA block, named as in Hugging Face's and PEFT's files. */
public enum TargetModule {
    @JsonProperty("q_proj")
    QUERY,
    @JsonProperty("k_proj")
    KEY,
    @JsonProperty("v_proj")
    VALUE,
    @JsonProperty("o_proj")
    OUTPUT,
    @JsonProperty("gate_proj")
    GATE,
    @JsonProperty("up_proj")
    UP,
    @JsonProperty("down_proj")
    DOWN
}
