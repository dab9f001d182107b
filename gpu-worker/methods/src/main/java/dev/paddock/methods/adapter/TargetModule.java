package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The linear layers of a LLaMA block, named as in Hugging Face's and PEFT's files. */
public enum TargetModule {
    @JsonProperty("q_proj")
    QUERY("q_proj"),
    @JsonProperty("k_proj")
    KEY("k_proj"),
    @JsonProperty("v_proj")
    VALUE("v_proj"),
    @JsonProperty("o_proj")
    OUTPUT("o_proj"),
    @JsonProperty("gate_proj")
    GATE("gate_proj"),
    @JsonProperty("up_proj")
    UP("up_proj"),
    @JsonProperty("down_proj")
    DOWN("down_proj");

    private final String moduleName;

    TargetModule(String moduleName) {
        this.moduleName = moduleName;
    }

    String moduleName() {
        return moduleName;
    }
}
