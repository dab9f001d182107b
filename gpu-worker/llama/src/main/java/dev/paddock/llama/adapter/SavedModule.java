package dev.paddock.llama.adapter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What of a model beside its linear layers can be trained whole, as PEFT's {@code modules_to_save} names it. */
public enum SavedModule {
    EMBED_TOKENS,
    LM_HEAD,
    INPUT_LAYERNORM,
    POST_ATTENTION_LAYERNORM,
    /** The last norm only. */
    NORM;

    /** Name of the module in a Hugging Face model. */
    public String moduleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name in files: PEFT takes every module that ends with it, and a bare {@code norm} would be all norms. */
    String fileName() {
        return this == NORM ? "model.norm" : moduleName();
    }

    /** Whether a tensor such as {@code model.norm.weight} is this module's. */
    public boolean owns(String tensor) {
        return tensor.endsWith("." + moduleName() + ".weight") || tensor.equals(moduleName() + ".weight");
    }

    /** The module of a tensor. */
    static Optional<SavedModule> of(String tensor) {
        return Arrays.stream(values()).filter(module -> module.owns(tensor)).findFirst();
    }
}
