package dev.paddock.llama.torch;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

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
