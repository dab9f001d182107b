package dev.paddock.worker.inference;

import dev.paddock.llama.inference.draft.DraftCounts;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/** Counts tokens guessed ahead: {@code paddock.serving.draft.tokens} by {@code outcome}, accepted or rejected. */
@Component
class DraftMetrics {
    private final Counter accepted;
    private final Counter rejected;

    DraftMetrics(MeterRegistry meters) {
        accepted = counter(meters, "accepted");
        rejected = counter(meters, "rejected");
    }

    private static Counter counter(MeterRegistry meters, String outcome) {
        return Counter.builder("paddock.serving.draft.tokens")
                .description("Tokens guessed ahead of the model")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** An answer has ended, given up ones included. */
    void ended(DraftCounts drafts) {
        accepted.increment(drafts.accepted());
        rejected.increment(drafts.rejected());
    }
}
