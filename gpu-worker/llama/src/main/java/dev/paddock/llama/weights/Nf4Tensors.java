package dev.paddock.llama.weights;

import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds the matrices that bitsandbytes has stored in NF4: beside {@code X.weight} (places) stand {@code X.weight.absmax},
 * {@code .quant_map}, {@code .quant_state.bitsandbytes__nf4} and, under double quantization, {@code .nested_absmax} and
 * {@code .nested_quant_map}.
 */
final class Nf4Tensors {
    private static final String STATE = ".quant_state.bitsandbytes__";
    private static final String NF4_STATE = STATE + "nf4";

    private final Map<String, ReadableTensor> tensors = new LinkedHashMap<>();
    private final Map<String, StoredTensor> found;

    private Nf4Tensors(Map<String, StoredTensor> found) {
        this.found = new LinkedHashMap<>(found);
    }

    /**
     * All tensors by name, matrices with their parts as one.
     *
     * @throws UnsupportedModelException for other kinds of four bits
     * @throws MalformedModelFileException where parts are missing or do not fit each other
     */
    static Map<String, ReadableTensor> join(Map<String, StoredTensor> found) {
        Nf4Tensors joined = new Nf4Tensors(found);
        for (String name : found.keySet()) {
            int at = name.indexOf(STATE);
            if (at > 0 && !name.endsWith(NF4_STATE)) {
                throw new UnsupportedModelException(
                        "tensor " + name + " tells of another type of numbers; of bitsandbytes' only nf4 is read");
            }
            if (at > 0) {
                String matrix = name.substring(0, at);
                joined.tensors.put(matrix, joined.matrix(matrix));
            }
        }
        joined.found.forEach(joined.tensors::putIfAbsent);
        return joined.tensors;
    }

    private Nf4Tensor matrix(String name) {
        Nf4State state = Nf4State.parse(name, take(name + NF4_STATE).raw());
        TensorInfo info = new TensorInfo(TensorType.NF4, state.shape());
        long blocks = info.bytes() / TensorType.NF4.blockBytes();
        StoredTensor packed = take(name, TensorType.U8, (info.elements() + 1) / 2);
        StoredTensor map = take(name + ".quant_map", TensorType.F32, NormalFloat.code().length);
        if (!Arrays.equals(numbers(map), NormalFloat.code())) {
            throw new UnsupportedModelException(
                    "quant_map of " + name + " is " + Arrays.toString(numbers(map)) + "; supported is NF4's code book");
        }
        StoredTensor absolute = take(name + ".absmax", state.isNested() ? TensorType.U8 : TensorType.F32, blocks);
        long bytes = packed.storedBytes() + map.storedBytes() + absolute.storedBytes();
        if (!state.isNested()) {
            return new Nf4Tensor(info, packed, new Nf4Scales(absolute, null), bytes);
        }
        long groups = (blocks + Nf4Scales.BLOCK - 1) / Nf4Scales.BLOCK;
        StoredTensor largest = take(name + ".nested_absmax", TensorType.F32, groups);
        StoredTensor numbers = take(name + ".nested_quant_map", TensorType.F32, Nf4Scales.BLOCK);
        Nf4Scales.Nested nested = new Nf4Scales.Nested(numbers(numbers), largest, state.offset());
        bytes += largest.storedBytes() + numbers.storedBytes();
        return new Nf4Tensor(info, packed, new Nf4Scales(absolute, nested), bytes);
    }

    private StoredTensor take(String name) {
        StoredTensor tensor = found.remove(name);
        if (tensor == null) {
            throw new MalformedModelFileException("tensor " + name + " is missing");
        }
        return tensor;
    }

    private StoredTensor take(String name, TensorType type, long elements) {
        StoredTensor tensor = take(name);
        TensorInfo info = tensor.info();
        if (info.type() != type || info.elements() != elements) {
            throw new MalformedModelFileException("tensor " + name + " has " + info.type() + " of shape " + info.shape()
                    + "; its quant_state asks for " + type + " of " + elements + " numbers");
        }
        return tensor;
    }

    private static float[] numbers(StoredTensor tensor) {
        FloatBuffer numbers = FloatBuffer.allocate(Math.toIntExact(tensor.info().elements()));
        tensor.readRows(0, tensor.info().rows(), numbers);
        return numbers.array();
    }
}
