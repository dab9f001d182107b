package dev.paddock.trainingjob.source;

import dev.paddock.trainingjob.TrainingJobProperties;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Finds versions by id. A version published a moment ago may be known to its owner and not yet here, so a search waits
 * a little for the event before it says that there is none.
 */
@Component
public class Arrivals {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final BaseVersions bases;
    private final AdapterVersions adapters;
    private final DatasetVersions datasets;
    private final Duration patience;

    Arrivals(BaseVersions bases, AdapterVersions adapters, DatasetVersions datasets, TrainingJobProperties properties) {
        this.bases = bases;
        this.adapters = adapters;
        this.datasets = datasets;
        this.patience = properties.arrivalPatience();
    }

    public Optional<BaseVersion> base(UUID id, String tenant) {
        return await(() -> bases.findByIdAndTenant(id, tenant));
    }

    /** A whole model or an adapter. */
    public Optional<Source> source(UUID id, String tenant) {
        return await(() -> bases.findByIdAndTenant(id, tenant)
                .map(Source::of)
                .or(() -> adapters.findByIdAndTenant(id, tenant).map(Source::of)));
    }

    public Optional<DatasetVersion> dataset(UUID id, String tenant) {
        return await(() -> datasets.findByIdAndTenant(id, tenant));
    }

    private <T> Optional<T> await(Supplier<Optional<T>> search) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<T> found = search.get();
        while (found.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return found;
            }
            found = search.get();
        }
        return found;
    }
}
