package dev.paddock.trainingjob.sweep;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.paddock.catalogue.NearNames;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the trials of a sweep are chosen, and which of them run to their end. */
enum Strategy {
    /** Every combination of the values. */
    @JsonProperty("grid")
    GRID("grid"),
    /** Independent draws. */
    @JsonProperty("random")
    RANDOM("random"),
    /**
     * Draws of which the best share goes on at each rung: Jamieson and Talwalkar, Non-stochastic Best Arm Identification and
     * Hyperparameter Optimization, AISTATS 2016; one bracket of Li et al., Hyperband, JMLR 2018.
     */
    @JsonProperty("successive-halving")
    SUCCESSIVE_HALVING("successive-halving");

    private final String id;

    Strategy(String id) {
        this.id = id;
    }

    static Optional<Strategy> named(String id) {
        return Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
    }

    /** What a misspelt name may have meant. */
    static String advice(String id) {
        List<String> known = Arrays.stream(values()).map(one -> one.id).toList();
        return NearNames.advice(id, known);
    }
}
