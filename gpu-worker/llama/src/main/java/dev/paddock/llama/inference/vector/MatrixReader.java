package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Matrix;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.weights.NormalFloat;
import dev.paddock.llama.weights.TensorInfo;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads tensors into matrices, in the kind of numbers that the file has them in where there are kernels for it. */
final class MatrixReader {
    private final WeightSource source;
    private final DenseKind dense;

    MatrixReader(WeightSource source, DenseKind dense) {
        this.source = source;
        this.dense = dense;
    }

    /** A tensor of one dimension. */
    float[] vector(String name) {
        FloatBuffer values =
                FloatBuffer.allocate(Math.toIntExact(source.info(name).elements()));
        source.read(name, values);
        return values.array();
    }

    Matrix matrix(String name) {
        return joined(List.of(name));
    }

    /** A layer's projections that read the same input, as one matrix where they are of one kind. */
    Linear linear(int layer, Group product) {
        List<Linear.Part> parts = new ArrayList<>();
        List<String> same = new ArrayList<>();
        int first = 0;
        for (Projection projection : product.projections()) {
            String name = projection.path(layer) + ".weight";
            if (!same.isEmpty() && kind(same.get(0)) != kind(name)) {
                first = close(same, first, parts);
            }
            same.add(name);
        }
        close(same, first, parts);
        return new Linear(parts, biases(layer, product));
    }

    private int close(List<String> same, int first, List<Linear.Part> parts) {
        Matrix matrix = joined(same);
        parts.add(new Linear.Part(matrix, first));
        same.clear();
        return first + matrix.rows();
    }

    private float[] biases(int layer, Group product) {
        List<Projection> projections = product.projections();
        if (!projections.get(0).hasBias(source.config())) {
            return new float[0];
        }
        int outputs = projections.stream()
                .mapToInt(part -> part.outputs(source.config()))
                .sum();
        FloatBuffer biases = FloatBuffer.allocate(outputs);
        projections.forEach(part -> source.read(part.path(layer) + ".bias", biases));
        return biases.array();
    }

    private TensorType kind(String name) {
        return kind(source.info(name), dense);
    }

    /** How a tensor's numbers are held. */
    static TensorType kind(TensorInfo tensor, DenseKind dense) {
        return switch (tensor.type()) {
            case Q4_0, Q4_1, Q8_0, BF16 -> tensor.type();
            case NF4 -> fillsRows(tensor) ? tensor.type() : unpacked(dense);
            default -> unpacked(dense);
        };
    }

    /** Whether no block runs over a row's end. */
    private static boolean fillsRows(TensorInfo tensor) {
        return tensor.columns() % tensor.type().blockElements() == 0;
    }

    private static TensorType unpacked(DenseKind dense) {
        return dense == DenseKind.FP32 ? TensorType.F32 : TensorType.BF16;
    }

    private Matrix joined(List<String> names) {
        TensorType kind = kind(names.get(0));
        List<TensorRows> tensors = TensorRows.of(source, names);
        int rows = tensors.stream().mapToInt(TensorRows::rows).reduce(0, Math::addExact);
        int columns = tensors.get(0).columns();
        return switch (kind) {
            case Q4_0 -> Matrix.fourBit(rows, columns, blocks(tensors));
            case Q4_1 -> Matrix.fourBitWithMinimum(rows, columns, blocks(tensors));
            case Q8_0 -> Matrix.eightBit(rows, columns, blocks(tensors));
            case NF4 -> Matrix.codeBook(rows, columns, NormalFloat.code(), blocks(tensors));
            case BF16 -> Matrix.bfloat16(rows, columns, floats(tensors));
            default -> Matrix.fp32(rows, columns, floats(tensors));
        };
    }

    private static Matrix.Source<byte[]> blocks(List<TensorRows> tensors) {
        return (row, into) -> locate(tensors, row, (tensor, own) -> tensor.blocks(own, into));
    }

    private static Matrix.Source<float[]> floats(List<TensorRows> tensors) {
        return (row, into) -> locate(tensors, row, (tensor, own) -> tensor.floats(own, into));
    }

    private interface Reading {
        void read(TensorRows tensor, int row);
    }

    private static void locate(List<TensorRows> tensors, int row, Reading reading) {
        int own = row;
        for (TensorRows tensor : tensors) {
            if (own < tensor.rows()) {
                reading.read(tensor, own);
                return;
            }
            own -= tensor.rows();
        }
    }
}
