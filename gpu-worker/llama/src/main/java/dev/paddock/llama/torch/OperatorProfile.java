package dev.paddock.llama.torch;

import ai.djl.pytorch.jni.JniUtils;
import java.nio.file.Path;

/** libtorch's profiler of the operators that one thread runs; one at a time. */
public final class OperatorProfile {
    private OperatorProfile() {}

    /** Begins to take the times of the calling thread's operators. */
    public static void start() {
        Libtorch.start();
        JniUtils.startProfile(false, false, false);
    }

    /**
     * Ends on the thread that began.
     *
     * @param trace file for the operators, nested as they ran, in Chrome's trace event format: a JSON array of objects with {@code name},
     *     {@code ts} and {@code dur} in microseconds
     */
    public static void stop(Path trace) {
        JniUtils.stopProfile(trace.toString());
    }
}
