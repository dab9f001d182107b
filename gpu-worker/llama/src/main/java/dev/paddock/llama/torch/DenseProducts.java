package dev.paddock.llama.torch;

/**
 * Products with weights as TorchScript text, {@code dense} and {@code dense_backward}. On processors of AMD oneDNN computes
 * fp32 faster than MKL, which {@code torch.mm} takes (docs/decisions/0021); elsewhere {@code torch.mm} stands. The choice hangs
 * on the processor alone and not on a measurement, so that a run begun anew computes the same numbers.
 */
public enum DenseProducts {
    MKL("dense-mkl"),
    ONEDNN("dense-onednn");

    private final String resource;

    DenseProducts(String resource) {
        this.resource = resource;
    }

    /** The faster ones on a processor. */
    public static DenseProducts on(Processor processor) {
        return processor.name().contains("AMD") ? ONEDNN : MKL;
    }

    /** Methods of a class; see {@link ScriptModule#load}. */
    public String text() {
        return ScriptText.of(DenseProducts.class, resource);
    }
}
