package dev.paddock.llama.torch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDManager;
import java.util.List;

/**
 * Owner of tensors: closing a scope frees every tensor made in it. One scope holds what lives as long as a model; a
 * child scope in try-with-resources holds what lives for one step.
 */
public final class TensorScope implements AutoCloseable {
    private final PtNDManager manager;

    private TensorScope(PtNDManager manager) {
        this.manager = manager;
    }

    /** A scope of its own. */
    public static TensorScope open() {
        return new TensorScope(Libtorch.newManager());
    }

    /** A scope that ends at the latest when this one does. */
    public TensorScope child() {
        return new TensorScope((PtNDManager) manager.newSubManager());
    }

    /** Moves a tensor here from the scope that owns it, so that it outlives that one. */
    public NDArray keep(NDArray tensor) {
        tensor.attach(manager);
        return tensor;
    }

    /** Tensors and child scopes now owned. */
    public int size() {
        return manager.getManagedArrays().size();
    }

    /** Tensors named in DJL's way of choosing a method that takes one list of them. */
    NDList arguments(String method, List<NDArray> tensors) {
        NDList named = new NDList();
        for (NDArray tensor : tensors) {
            NDArray alias = tensor.reshape(tensor.getShape());
            alias.attach(manager);
            alias.setName("arguments[]");
            named.add(alias);
        }
        NDArray marker = manager.zeros(new Shape(1));
        marker.setName("module_method:" + method);
        named.add(marker);
        return named;
    }

    PtNDManager manager() {
        return manager;
    }

    @Override
    public void close() {
        manager.close();
    }
}
