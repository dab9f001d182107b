package dev.paddock.worker.models;

import dev.paddock.llama.classification.ClassifierModel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A model in use; to be closed when the request has ended. */
public final class ModelLease implements AutoCloseable {
    private final LoadedBase base;
    private final @Nullable String adapter;
    private final AtomicBoolean closed = new AtomicBoolean();

    ModelLease(LoadedBase base, @Nullable String adapter) {
        this.base = base;
        this.adapter = adapter;
    }

    public LoadedBase base() {
        return base;
    }

    public @Nullable String adapter() {
        return adapter;
    }

    /** The classifier that is leased; empty for a model that writes texts. */
    public Optional<ClassifierModel> classifier() {
        return adapter == null ? Optional.empty() : base.classifier(adapter);
    }

    /** Versions of the adapters among which the leased model's gates choose; none for a model without gates. */
    public List<String> routed() {
        return adapter == null ? List.of() : base.routed(adapter);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (adapter != null) {
                base.done(adapter);
            }
            base.left();
        }
    }
}
