package dev.paddock.dataset.version;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.paddock.dataset.row.Origin;

/** What curation did to a row and why. */
@JsonPropertyOrder({"action", "reason", "detail", "origin"})
record Decision(Action action, String reason, String detail, Origin origin) {
    /** Dropped rows are not in the version, changed ones are. */
    enum Action {
        DROPPED,
        CHANGED
    }
}
