package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.torch.ScalarType;

/** Numbers in which {@link PackedProducts} multiply. */
public enum PackedNumbers {
    /** Weights and rows in bfloat16, whose results are rounded to bfloat16, too. */
    BF16(ScalarType.FLOAT32, 1, Short.BYTES, """
              def pack(self: SELF, parts: List[Tensor], rows: int) -> List[Tensor]:
                return [ops.mkldnn._reorder_linear_weight(torch.cat(parts).to(15), rows)]
              def product(self: SELF, x: Tensor, y: Tensor, rows: int, weights: List[Tensor], index: int):
                bias: Optional[Tensor] = None
                product = ops.mkldnn._linear_pointwise(torch.slice(x, 0, 0, rows).to(15), weights[index], bias, "none", annotate(List[Optional[number]], []), "")
                torch.copy_(torch.slice(y, 0, 0, rows), product)
            """),

    /**
     * Weights in 8 bits with a scale for each output, and each row of numbers as two of 8 bits ({@link dev.paddock.kernels.SplitRow}); sums
     * are integers. On the default base the weights' rounding costs 0.07 % of perplexity (benchmarks/README.md).
     */
    INT8(ScalarType.UINT8, 2, Byte.BYTES, """
              def pack(self: SELF, parts: List[Tensor], rows: int) -> List[Tensor]:
                integers = annotate(List[Tensor], [])
                scales = annotate(List[Tensor], [])
                for part in parts:
                  exact = part.to(6)
                  scale = torch.clamp_min(torch.div(torch.amax(torch.abs(exact), [1], True), 127.), 1e-30)
                  integers.append(torch.round(torch.div(exact, scale)).to(1))
                  scales.append(torch.squeeze(scale, 1))
                whole = torch.cat(integers)
                return [ops.onednn.qlinear_prepack(whole, [rows, whole.size(1)]), torch.cat(scales), torch.zeros([whole.size(0)], dtype=3)]
              def product(self: SELF, x: Tensor, y: Tensor, rows: int, weights: List[Tensor], index: int):
                bias: Optional[Tensor] = None
                dtype: Optional[int] = 6
                both = ops.onednn.qlinear_pointwise(torch.slice(x, 0, 0, 2 * rows), 1., 128, weights[3 * index], weights[3 * index + 1], weights[3 * index + 2], bias, 1., 0, dtype, "none", annotate(List[Optional[number]], []), "")
                torch.add(torch.slice(both, 0, 0, rows), torch.slice(both, 0, rows, 2 * rows), alpha=0.003937007874015748, out=torch.slice(y, 0, 0, rows))
            """);

    private final ScalarType type;
    private final int terms;
    private final int weightBytes;
    private final String script;

    PackedNumbers(ScalarType type, int terms, int weightBytes, String script) {
        this.type = type;
        this.terms = terms;
        this.weightBytes = weightBytes;
        this.script = script;
    }

    /** Whether oneDNN has such products on this processor, and the processor has instructions for them. */
    public boolean isAvailable() {
        return switch (this) {
            case BF16 -> ProcessorFeatures.hasBfloat16() && ProcessorFeatures.hasOneDnn(ScalarType.BFLOAT16);
            case INT8 -> ProcessorFeatures.hasEightBitProducts();
        };
    }

    /** Type of the numbers that the script takes. */
    ScalarType type() {
        return type;
    }

    /** Rows between two tensors. */
    ProductRows rows(NDArray from, NDArray to) {
        return this == BF16 ? new FloatRows(from, to) : new EightBitRows(from, to);
    }

    /** Rows that the script takes for each row. */
    int terms() {
        return terms;
    }

    /** Bytes that a weight takes. */
    public int weightBytes() {
        return weightBytes;
    }

    /** TorchScript: {@code pack} makes the tensors of one matrix, of which {@code product} finds those of a number. */
    String script() {
        return script;
    }
}
