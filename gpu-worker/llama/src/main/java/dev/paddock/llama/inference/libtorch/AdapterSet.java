package dev.paddock.llama.inference.libtorch;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.inference.UnknownAdapterException;
import dev.paddock.llama.torch.ScriptValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The adapters in memory. Those that passes use stand in one argument for the script, which is made anew when another is used. */
final class AdapterSet implements AutoCloseable {
    private final Map<String, AdapterTensors> adapters = new ConcurrentSkipListMap<>();
    private List<String> used = List.of();
    private @Nullable ScriptValue argument;

    void add(String name, AdapterTensors adapter) {
        free(name, adapters.put(name, adapter));
    }

    void remove(String name) {
        free(name, adapters.remove(name));
    }

    private void free(String name, @Nullable AdapterTensors left) {
        if (used.contains(name)) {
            choose(List.of());
        }
        if (left != null) {
            left.close();
        }
    }

    Set<String> names() {
        return Set.copyOf(adapters.keySet());
    }

    /** Bytes that all of them take. */
    long bytes() {
        return adapters.values().stream().mapToLong(AdapterTensors::bytes).sum();
    }

    /** Says which adapters the passes that follow use: {@link #argument} has these, and may have more. */
    void use(Collection<String> names) {
        if (!used.containsAll(names)) {
            choose(names);
        }
    }

    private void choose(Collection<String> names) {
        if (argument != null) {
            argument.close();
        }
        argument = null;
        used = names.stream().distinct().sorted().toList();
    }

    /** Adapters that an adapter's gates choose among; 0 where it has no gate. */
    int routed(String name) {
        AdapterTensors adapter = adapters.get(name);
        return adapter == null ? 0 : adapter.routed();
    }

    /** Where an adapter's tensors begin in {@link #argument}, in adapters. */
    long index(String name) {
        int at = used.indexOf(name);
        if (at < 0) {
            throw new UnknownAdapterException(name);
        }
        return at;
    }

    ScriptValue argument() {
        ScriptValue current = argument;
        if (current == null) {
            List<NDArray> tensors = new ArrayList<>();
            used.forEach(name -> tensors.addAll(find(name).tensors()));
            current = ScriptValue.list(tensors);
            argument = current;
        }
        return current;
    }

    private AdapterTensors find(String name) {
        AdapterTensors found = adapters.get(name);
        if (found == null) {
            throw new UnknownAdapterException(name);
        }
        return found;
    }

    @Override
    public void close() {
        names().forEach(this::remove);
        choose(List.of());
    }
}
