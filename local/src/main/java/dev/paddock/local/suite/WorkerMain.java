package dev.paddock.local.suite;

import dev.paddock.worker.WorkerApplication;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** A worker that ends when the suite that started it is gone, however that came about. */
public final class WorkerMain {
    private WorkerMain() {}

    /** Takes the suite's process id, then the worker's own arguments. */
    public static void main(String[] arguments) {
        ProcessHandle suite = ProcessHandle.of(Long.parseLong(arguments[0])).orElse(null);
        Thread watch = new Thread(() -> endWith(suite), "suite-watch");
        watch.setDaemon(true);
        watch.start();
        WorkerApplication.main(Arrays.copyOfRange(arguments, 1, arguments.length));
    }

    private static void endWith(@org.jspecify.annotations.Nullable ProcessHandle suite) {
        try {
            while (suite != null && suite.isAlive()) {
                TimeUnit.MILLISECONDS.sleep(500);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Runtime.getRuntime().halt(143);
    }
}
