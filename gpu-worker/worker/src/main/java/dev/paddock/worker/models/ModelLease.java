package dev.paddock.worker.models;

import dev.paddock.llama.classification.ClassificationHead;
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

    /** What messages call the model: the adapter's digest, or the base's where there is none. */
    public String name() {
        return adapter == null ? "base " + base.digest() : "adapter " + adapter;
    }

    /** The head of a model that gives labels, the adapter's or a whole model's own; empty for one that writes texts. */
    public Optional<ClassificationHead> classifier() {
        return adapter == null ? base.classifier() : base.adapters().classifier(adapter);
    }

    /** Versions of the adapters among which the leased model's gates choose; none for a model without gates. */
    public List<String> routed() {
        return adapter == null ? List.of() : base.adapters().routed(adapter);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            if (adapter != null) {
                base.adapters().done(adapter);
            }
            base.left();
        }
    }
}
