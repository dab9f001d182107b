package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.AdapterSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Takes adapters in and out of a running model. What costs time, conversion and the making of tensors, happens on the caller's
 * thread; the model's own thread only puts a reference in or takes it out, between two steps.
 */
public final class AdapterExchange {
    private final Executor executor;
    private final StepLoop loop;
    private final Map<Long, RequestState> states;
    private final PrefixCache prefixes;
    private final ReadWriteLock weights = new ReentrantReadWriteLock();
    private boolean closed;

    AdapterExchange(Executor executor, StepLoop loop, Map<Long, RequestState> states, PrefixCache prefixes) {
        this.executor = executor;
        this.loop = loop;
        this.states = states;
        this.prefixes = prefixes;
    }

    /**
     * Brings an adapter into the executor's form.
     *
     * @return to be installed or closed
     * @throws dev.paddock.llama.config.UnsupportedModelException where its tensors do not fit the model
     */
    public PreparedAdapter prepare(AdapterSource adapter) {
        weights.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("The model was unloaded");
            }
            return executor.prepare(adapter);
        } finally {
            weights.readLock().unlock();
        }
    }

    /** Puts an adapter in between two steps and waits for it; where that fails, the adapter is freed. */
    public void install(String name, PreparedAdapter adapter) {
        try {
            loop.call(() -> adapter.install(name));
        } catch (RuntimeException e) {
            adapter.close();
            throw e;
        }
    }

    /**
     * Drops an adapter between two steps, unless a request uses it then; what was cancelled before does not.
     *
     * @return whether it was dropped
     */
    public boolean drop(String name) {
        AtomicBoolean dropped = new AtomicBoolean();
        loop.call(() -> {
            if (states.values().stream()
                    .noneMatch(state -> name.equals(state.request().adapter()))) {
                prefixes.forget(name);
                executor.unloadAdapter(name);
                dropped.set(true);
            }
        });
        return dropped.get();
    }

    /** Whether a request names the adapter that waits or runs and was not given up. */
    boolean used(String name) {
        return states.values().stream()
                .filter(state -> !state.givenUp())
                .anyMatch(state -> name.equals(state.request().adapter()));
    }

    /** Waits for what is being prepared, as that reads the model's weights, and refuses more. */
    void close() {
        weights.writeLock().lock();
        try {
            closed = true;
        } finally {
            weights.writeLock().unlock();
        }
    }
}
