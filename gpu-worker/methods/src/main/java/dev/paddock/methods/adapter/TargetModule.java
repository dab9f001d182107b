package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.adapter.Projection;
import java.util.Set;
import java.util.stream.Collectors;

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

    /** The same in the engine's terms. */
    static Set<Projection> projections(Set<TargetModule> modules) {
        return modules.stream()
                .map(module -> Projection.of(module.moduleName()))
                .collect(Collectors.toSet());
    }
}
