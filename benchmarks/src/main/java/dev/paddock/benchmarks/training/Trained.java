package dev.paddock.benchmarks.training;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.training.Adaptation;

/** What a benchmark trains. */
public enum Trained {
    @JsonProperty("lora")
    LORA,
    @JsonProperty("qlora")
    QLORA,
    @JsonProperty("full")
    FULL;

    /** The same in the engine's terms; alpha is twice the rank. */
    Adaptation adaptation(int rank) {
        LoraSettings settings = LoraSettings.of(rank, 2.0 * rank);
        return switch (this) {
            case LORA -> Adaptation.lora(settings);
            case QLORA -> Adaptation.qlora(settings);
            case FULL -> Adaptation.full();
        };
    }
}
