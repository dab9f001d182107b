package dev.paddock.methods.adapter;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.adapter.SavedModule;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a LLaMA model beside its linear layers can be trained whole, named as in Hugging Face's and PEFT's files. */
public enum ModuleToSave {
    @JsonProperty("embed_tokens")
    EMBEDDING(SavedModule.EMBED_TOKENS),
    @JsonProperty("lm_head")
    OUTPUT(SavedModule.LM_HEAD),
    @JsonProperty("input_layernorm")
    ATTENTION_NORM(SavedModule.INPUT_LAYERNORM),
    @JsonProperty("post_attention_layernorm")
    FEED_FORWARD_NORM(SavedModule.POST_ATTENTION_LAYERNORM),
    @JsonProperty("norm")
    LAST_NORM(SavedModule.NORM);

    private final SavedModule module;

    ModuleToSave(SavedModule module) {
        this.module = module;
    }

    /** The same in the engine's terms. */
    static Set<SavedModule> modules(Set<ModuleToSave> named) {
        return named.stream().map(one -> one.module).collect(Collectors.toSet());
    }
}
