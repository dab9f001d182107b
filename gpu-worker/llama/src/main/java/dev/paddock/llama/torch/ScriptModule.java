package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A loaded TorchScript class whose methods are called by name, without an autograd graph. Results belong to the scope
 * given to the call. Methods that hold no state may be called from several threads at once.
 */
public final class ScriptModule implements AutoCloseable {
    private final TensorScope scope;
    private final PtSymbolBlock block;

    private ScriptModule(TensorScope scope, PtSymbolBlock block) {
        this.scope = scope;
        this.block = block;
    }

    /**
     * Compiles the methods of a class; see {@link TorchScriptArchive} for the form of the text.
     *
     * @throws ScriptException when the text does not compile, with libtorch's own message
     */
    public static ScriptModule load(String methods) {
        TensorScope scope = TensorScope.open();
        try {
            byte[] archive = new TorchScriptArchive(methods).toBytes();
            return new ScriptModule(
                    scope, JniUtils.loadModule(scope.manager(), new ByteArrayInputStream(archive), false, false));
        } catch (IOException e) {
            scope.close();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            scope.close();
            throw new ScriptException("TorchScript text does not load: " + e.getMessage(), e);
        }
    }

    /** Calls a method that returns one Tensor. */
    public NDArray tensor(TensorScope owner, String method, Object... arguments) {
        return call(method, arguments, value -> value.toTensor(owner.manager()));
    }

    /** Calls a method that returns tensors as a tuple or list, nested as it likes; they come flat and in order. */
    public List<NDArray> tensors(TensorScope owner, String method, Object... arguments) {
        return call(method, arguments, value -> flatten(value, owner, new ArrayList<>()));
    }

    /** Calls a method that returns a float. */
    public double number(String method, Object... arguments) {
        return call(method, arguments, IValue::toDouble);
    }

    /** Calls a method that returns an int. */
    public long integer(String method, Object... arguments) {
        return call(method, arguments, IValue::toLong);
    }

    /** Calls a method for its effect on the tensors given to it. */
    public void run(String method, Object... arguments) {
        call(method, arguments, value -> true);
    }

    /**
     * Calls a method that takes one List[Tensor] with autograd on, so that it may itself ask for gradients by
     * {@code torch.grad}. Hand-written backward passes are checked against it.
     */
    public List<NDArray> tensorsWithAutograd(TensorScope owner, String method, List<NDArray> arguments) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(true);
        try (TensorScope named = owner.child()) {
            NDList results = IValueUtils.forward(block, named.arguments(method, arguments), true);
            results.forEach(owner::keep);
            return List.copyOf(results);
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    private <R> R call(String method, Object[] arguments, Function<IValue, R> read) {
        IValue[] values = new IValue[arguments.length];
        try {
            for (int i = 0; i < arguments.length; i++) {
                values[i] = ScriptValue.convert(arguments[i]);
            }
            // The profiling executor rewrites a graph after its first calls; without it, every call is computed alike.
            JniUtils.setGraphExecutorOptimize(false);
            try (IValue result = IValueUtils.runMethod(block, method, values)) {
                return read.apply(result);
            }
        } catch (ai.djl.engine.EngineException e) {
            throw new ScriptException(method + ": " + e.getMessage(), e);
        } finally {
            release(arguments, values);
        }
    }

    private static void release(Object[] arguments, IValue[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null && !(arguments[i] instanceof ScriptValue)) {
                values[i].close();
            }
        }
    }

    private static List<NDArray> flatten(IValue value, TensorScope owner, List<NDArray> into) {
        if (value.isTensor()) {
            into.add(value.toTensor(owner.manager()));
        } else if (value.isTensorList()) {
            for (PtNDArray tensor : value.toTensorArray(owner.manager())) {
                into.add(tensor);
            }
        } else {
            for (IValue part : value.isTuple() ? value.toIValueTuple() : value.toIValueArray()) {
                try (part) {
                    flatten(part, owner, into);
                }
            }
        }
        return into;
    }

    @Override
    public void close() {
        block.close();
        scope.close();
    }
}
