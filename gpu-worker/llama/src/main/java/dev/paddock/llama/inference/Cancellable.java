package dev.paddock.llama.inference;

/** A request that can be given up; it then ends within one step. */
@FunctionalInterface
public interface Cancellable {
    /** Gives it up; nothing happens where it has ended already. */
    void cancel();
}
