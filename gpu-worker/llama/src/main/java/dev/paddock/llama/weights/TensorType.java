package dev.paddock.llama.weights;

/** How a tensor's numbers are stored: in blocks of {@code blockElements} numbers that take {@code blockBytes} bytes. */
public enum TensorType {
    F64(1, 8),
    F32(1, 4),
    F16(1, 2),
    BF16(1, 2),
    I64(1, 8),
    I32(1, 4),
    I16(1, 2),
    I8(1, 1),
    U8(1, 1),
    BOOL(1, 1),
    Q4_0(32, 18),
    Q4_1(32, 20),
    Q5_0(32, 22),
    Q5_1(32, 24),
    Q8_0(32, 34),
    Q4_K(256, 144),
    Q6_K(256, 210),
    /** Places in {@link NormalFloat}'s code book behind a block's fp32 scale; safetensors have them in {@link Nf4Tensor}'s parts. */
    NF4(64, 36);

    private final int blockElements;
    private final int blockBytes;

    TensorType(int blockElements, int blockBytes) {
        this.blockElements = blockElements;
        this.blockBytes = blockBytes;
    }

    public int blockElements() {
        return blockElements;
    }

    public int blockBytes() {
        return blockBytes;
    }

    /** Bytes that {@code elements} numbers take in whole blocks. */
    public long bytes(long elements) {
        long blocks = elements / blockElements + (elements % blockElements == 0 ? 0 : 1);
        return Math.multiplyExact(blocks, (long) blockBytes);
    }

    /** Whether numbers share a scale by block. */
    public boolean quantized() {
        return blockElements > 1;
    }
}
