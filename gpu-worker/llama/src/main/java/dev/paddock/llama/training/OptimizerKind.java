package dev.paddock.llama.training;

/** What updates the trained parameters, and where it keeps its state. */
public enum OptimizerKind {
    /** AdamW with moments in fp32 (Loshchilov and Hutter 2019, arXiv:1711.05101). */
    ADAMW(2 * Float.BYTES),
    /** The same with moments in 8 bits, block by block (Dettmers et al. 2022, arXiv:2110.02861). */
    ADAMW_8BIT(2 + 2 * Float.BYTES / 256.0),
    /** AdamW with moments in a mapped file, which the system pages (Dettmers et al. 2023, arXiv:2305.14314). */
    PAGED_ADAMW(0),
    /** Adafactor with factored second moments and no first ones (Shazeer and Stern 2018, arXiv:1804.04235). */
    ADAFACTOR(0.05);

    private final double stateBytes;

    OptimizerKind(double stateBytes) {
        this.stateBytes = stateBytes;
    }

    /** Resident bytes of the state of one trained number, about. */
    public double stateBytes() {
        return stateBytes;
    }
}
