package dev.paddock.benchmarks.machine;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.DenseProducts;
import dev.paddock.llama.torch.Processor;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;

/** What libtorch reaches on this machine with nothing but products, and with nothing but reading: the best of several tries. */
public final class MachineLimits implements AutoCloseable {
    private static final int TRIES = 8;
    private static final String METHODS = """
              def gemv(self: SELF, a: Tensor, x: Tensor) -> Tensor:
                return torch.mv(a, x)
              def total(self: SELF, a: Tensor) -> Tensor:
                return torch.sum(a)
            """;

    private final ScriptModule kernels = ScriptModule.load(
            METHODS + DenseProducts.on(Processor.ofThisMachine()).text());

    /** Floating-point operations a second of a product of two square matrices. */
    public double gemm(ScalarType type, int size) {
        try (TensorScope scope = TensorScope.open()) {
            var a = Tensors.zeros(scope, type, size, size);
            var b = Tensors.zeros(scope, type, size, size);
            return 2.0 * size * size * size / best(() -> product(a, b));
        }
    }

    /** Bytes a second that are read from a matrix too large for any cache: by summing it or by multiplying it with a vector. */
    public double read(int mebibytes) {
        int columns = 1 << 12;
        int rows = mebibytes << 6;
        try (TensorScope scope = TensorScope.open()) {
            var a = Tensors.zeros(scope, ScalarType.FLOAT32, rows, columns);
            var x = Tensors.zeros(scope, ScalarType.FLOAT32, columns);
            double seconds = Math.min(
                    best(() -> kernels.tensor(scope, "gemv", a, x)), best(() -> kernels.tensor(scope, "total", a)));
            return 4.0 * rows * columns / seconds;
        }
    }

    private void product(NDArray a, NDArray b) {
        try (TensorScope scope = TensorScope.open()) {
            kernels.tensor(scope, "dense_backward", a, b);
        }
    }

    private static double best(Runnable work) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < TRIES; i++) {
            long start = System.nanoTime();
            work.run();
            best = Math.min(best, System.nanoTime() - start);
        }
        return best / 1e9;
    }

    @Override
    public void close() {
        kernels.close();
    }
}
