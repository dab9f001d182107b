package dev.paddock.local.suite;

/** One part of a running suite, closed in the reverse order of its start. */
interface Part extends AutoCloseable {
    String name();

    @Override
    void close();
}
