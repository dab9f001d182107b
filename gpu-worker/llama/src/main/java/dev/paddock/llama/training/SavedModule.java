package dev.paddock.llama.training;

import java.util.Locale;

/** What of a model beside its linear layers can be trained whole, as PEFT's {@code modules_to_save} names it. */
public enum SavedModule {
    EMBED_TOKENS,
    LM_HEAD,
    INPUT_LAYERNORM,
    POST_ATTENTION_LAYERNORM,
    NORM;

    /** Name of the module in a Hugging Face model. */
    public String moduleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether a tensor such as {@code model.norm.weight} is this module's. */
    boolean owns(String tensor) {
        return tensor.endsWith("." + moduleName() + ".weight") || tensor.equals(moduleName() + ".weight");
    }
}
