package dev.paddock.llama.training;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of a row that is longer than the limit. */
public enum Overlong {
    /** Its prompt loses its beginning; a row whose answer alone is too long is left out. */
    @JsonProperty("truncate")
    TRUNCATE,
    /** It becomes several documents, which together predict every token of its answer once. */
    @JsonProperty("split")
    SPLIT,
    /** It ends the run. */
    @JsonProperty("refuse")
    REFUSE
}
