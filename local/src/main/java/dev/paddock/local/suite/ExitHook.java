package dev.paddock.local.suite;

/** Something that is done when this process is told to end, until it is closed. */
final class ExitHook implements AutoCloseable {
    private final Thread thread;

    ExitHook(String name, Runnable work) {
        thread = new Thread(work, name);
        Runtime.getRuntime().addShutdownHook(thread);
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // this process is ending, and the hook is at work
            return;
        }
    }
}
