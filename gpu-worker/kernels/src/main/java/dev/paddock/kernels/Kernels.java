package dev.paddock.kernels;

/** Whether this JVM and processor run the kernels. */
public final class Kernels {
    private static final int LEAST_LANES = 8;

    private Kernels() {}

    /** Whether {@code --add-modules jdk.incubator.vector} was given and vectors have 256 bits or more. */
    public static boolean available() {
        return ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent() && Lanes.COUNT >= LEAST_LANES;
    }
}
