package dev.paddock.llama.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Start-up of libtorch in this JVM: offline, without DJL's usage check-in, one thread pool for operators. */
public final class Libtorch {
    private static final String ENGINE = "PyTorch";
    private static boolean started;

    private Libtorch() {}

    /**
     * Loads the native libraries once; later calls return at once.
     *
     * @throws LibtorchUnavailableException when the natives of this platform cannot be loaded
     */
    public static synchronized void start() {
        if (started) {
            return;
        }
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        try {
            Engine.getEngine(ENGINE);
            JniUtils.setNumInteropThreads(1);
        } catch (RuntimeException | LinkageError e) {
            throw new LibtorchUnavailableException(e);
        }
        started = true;
    }

    /** Threads of one operator. The same count gives the same bytes; another count may round sums differently. */
    public static void setThreads(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("threads must be at least 1, was " + count);
        }
        start();
        JniUtils.setNumThreads(count);
    }

    /**
     * Does work on a thread that ends with it. OpenMP keeps helpers for every thread that ever computed in parallel; where all of
     * them are more than the processors, it lets each wait asleep, and one-row products take twice the time. So a model
     * is read on a passing thread, and computes on one other.
     */
    public static <T> T onPassingThread(Supplier<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                done.complete(work.get());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        try {
            thread.join();
            return done.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a model was read", e);
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }

    /** Threads of one operator now. */
    public static int threads() {
        start();
        return JniUtils.getNumThreads();
    }

    /** Seeds libtorch's own generator, from which operators such as {@code torch.rand} draw. */
    public static void setSeed(long seed) {
        start();
        JniUtils.setSeed(seed);
    }

    /** Version of the engine and its natives, for lineage. */
    public static String version() {
        start();
        return Engine.getEngine(ENGINE).getVersion();
    }

    static PtNDManager newManager() {
        start();
        return (PtNDManager) NDManager.newBaseManager(ENGINE);
    }
}
