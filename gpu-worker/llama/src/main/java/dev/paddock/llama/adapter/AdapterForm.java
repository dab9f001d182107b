package dev.paddock.llama.adapter;

import java.util.Locale;

/** How an adapter's two matrices act on a linear layer {@code y = W x}. */
public enum AdapterForm {
    /** {@code y = W x + s B A x} (Hu et al. 2021, arXiv:2106.09685). */
    LORA(1),
    /** {@code y = m / ‖W + s B A‖ (W x + s B A x)}, norms by output (Liu et al. 2024, arXiv:2402.09353). */
    DORA(2),
    /** {@code y = W x + s B tanh(A x)} (LLM-Adapters, Hu et al. 2023, arXiv:2304.01933). */
    PARALLEL(3),
    /** {@code y' = y + s B tanh(A y)} (same). */
    SERIES(4),
    /** {@code y = W x + Σ w_j s_j B_j A_j x}, weights by a {@link Gate} for every token (Xu et al. 2024, arXiv:2405.13053). */
    ROUTED(5);

    private final int kind;

    AdapterForm(int kind) {
        this.kind = kind;
    }

    /** Number of the form in the training kernels, where 0 is no adapter. */
    public int kind() {
        return kind;
    }

    /** Whether A reads the layer's outputs instead of its inputs. */
    public boolean readsOutputs() {
        return this == SERIES;
    }

    /** Whether A's outputs go through a tanh. */
    public boolean isBottleneck() {
        return this == PARALLEL || this == SERIES;
    }

    /** Whether an adapted layer is another matrix in the place of the base's. */
    public boolean isMatrix() {
        return this == LORA || this == DORA;
    }

    /** What keeps a form that is no matrix from being merged into one. */
    String obstacle() {
        return this == ROUTED ? "gates that weigh its adapters anew for every token" : "a tanh in it";
    }

    /** Name of A in files: PEFT's, or that of LLM-Adapters' fork of it. */
    String nameOfA() {
        return isBottleneck() ? "adapter_down" : "lora_A";
    }

    /** Name of B in files. */
    String nameOfB() {
        return isBottleneck() ? "adapter_up" : "lora_B";
    }

    /** Name in settings, such as {@code dora}. */
    public String formName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
