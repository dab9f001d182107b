package dev.paddock.llama.inference;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** An adapter in the form in which an executor computes with it, made while the executor's steps go on. */
public final class PreparedAdapter implements AutoCloseable {
    private enum State {
        READY,
        INSTALLED,
        FREED
    }

    private final long bytes;
    private final Consumer<String> install;
    private final Runnable free;
    private final AtomicReference<State> state = new AtomicReference<>(State.READY);

    /**
     * Made by an executor.
     *
     * @param bytes that it takes
     * @param install puts it among the executor's adapters under a name, in place of another one of that name
     * @param free gives its memory back
     */
    public PreparedAdapter(long bytes, Consumer<String> install, Runnable free) {
        this.bytes = bytes;
        this.install = install;
        this.free = free;
    }

    /** Several executors' forms of one adapter as one, in their order. */
    static PreparedAdapter all(List<PreparedAdapter> forms) {
        if (forms.size() == 1) {
            return forms.get(0);
        }
        return new PreparedAdapter(
                forms.stream().mapToLong(PreparedAdapter::bytes).sum(),
                name -> {
                    for (PreparedAdapter form : forms) {
                        form.install(name);
                    }
                },
                () -> forms.forEach(PreparedAdapter::close));
    }

    /** Bytes of memory that it takes. */
    public long bytes() {
        return bytes;
    }

    /**
     * Puts it among its executor's adapters, whose it is from then on. For the model's own thread: it copies and computes nothing.
     *
     * @throws IllegalStateException where it was installed or freed before
     */
    public void install(String name) {
        if (!state.compareAndSet(State.READY, State.INSTALLED)) {
            throw new IllegalStateException("The adapter was installed or freed before");
        }
        try {
            install.accept(name);
        } catch (RuntimeException e) {
            state.set(State.READY);
            throw e;
        }
    }

    /** Frees it; one that was installed stays. */
    @Override
    public void close() {
        if (state.compareAndSet(State.READY, State.FREED)) {
            free.run();
        }
    }
}
