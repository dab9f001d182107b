package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.UnknownAdapterException;
import dev.paddock.llama.torch.ScriptValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The adapters in memory, as one argument for the script that is made anew when one comes or goes. */
final class AdapterSet implements AutoCloseable {
    private final Map<String, AdapterTensors> adapters = new ConcurrentSkipListMap<>();
    private @Nullable ScriptValue argument;

    void add(String name, AdapterTensors adapter) {
        AdapterTensors replaced = adapters.put(name, adapter);
        if (replaced != null) {
            replaced.close();
        }
        forget();
    }

    void remove(String name) {
        AdapterTensors removed = adapters.remove(name);
        if (removed != null) {
            removed.close();
        }
        forget();
    }

    Set<String> names() {
        return Set.copyOf(adapters.keySet());
    }

    /** Numbers in all of them. */
    long elements() {
        return adapters.values().stream()
                .flatMap(adapter -> adapter.tensors().stream())
                .mapToLong(NDArray::size)
                .sum();
    }

    /** Adapters that an adapter's gates choose among; 0 where it has no gate. */
    int routed(String name) {
        AdapterTensors adapter = adapters.get(name);
        return adapter == null ? 0 : adapter.routed();
    }

    /** Where an adapter's tensors begin in {@link #argument}, in adapters. */
    long index(String name) {
        int at = List.copyOf(adapters.keySet()).indexOf(name);
        if (at < 0) {
            throw new UnknownAdapterException(name);
        }
        return at;
    }

    ScriptValue argument() {
        ScriptValue current = argument;
        if (current == null) {
            List<NDArray> tensors = new ArrayList<>();
            adapters.values().forEach(adapter -> tensors.addAll(adapter.tensors()));
            current = ScriptValue.list(tensors);
            argument = current;
        }
        return current;
    }

    private void forget() {
        if (argument != null) {
            argument.close();
        }
        argument = null;
    }

    @Override
    public void close() {
        names().forEach(this::remove);
    }
}
