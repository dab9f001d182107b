package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/**
 * An argument of a TorchScript method, made once and passed to many calls. A list of hundreds of weights is converted
 * once this way. It holds references to its tensors, which must stay open as long.
 */
public final class ScriptValue implements AutoCloseable {
    private final IValue value;

    private ScriptValue(IValue value) {
        this.value = value;
    }

    /** A {@code List[Tensor]}. */
    public static ScriptValue list(List<? extends NDArray> tensors) {
        return new ScriptValue(listOf(tensors));
    }

    /**
     * Converts an argument: {@link NDArray} to Tensor, a list of them to List[Tensor], Integer or Long to int, Float or
     * Double to float, {@code long[]} to List[int], {@code double[]} to List[float], Boolean and String to themselves.
     */
    static IValue convert(Object argument) {
        if (argument instanceof ScriptValue prepared) {
            return prepared.value;
        } else if (argument instanceof PtNDArray tensor) {
            return IValue.from(tensor);
        } else if (argument instanceof List<?> tensors) {
            return listOf(tensors);
        } else if (argument instanceof Boolean flag) {
            return IValue.from(flag.booleanValue());
        } else if (argument instanceof String text) {
            return IValue.from(text);
        } else if (argument instanceof long[] longs) {
            return IValue.listFrom(longs);
        } else if (argument instanceof double[] doubles) {
            return IValue.listFrom(doubles);
        } else if (argument instanceof Integer || argument instanceof Long) {
            return IValue.from(((Number) argument).longValue());
        } else if (argument instanceof Float || argument instanceof Double) {
            return IValue.from(((Number) argument).doubleValue());
        }
        throw new IllegalArgumentException(
                "a TorchScript argument cannot be " + argument.getClass().getName());
    }

    private static IValue listOf(List<?> tensors) {
        return IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    @Override
    public void close() {
        value.close();
    }
}
