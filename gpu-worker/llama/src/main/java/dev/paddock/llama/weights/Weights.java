package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Weights by Hugging Face name in one or more mapped files. */
final class Weights implements WeightSource {
    private final LlamaConfig config;
    private final Map<String, ReadableTensor> tensors;
    private final List<MappedFile> files;

    private Weights(LlamaConfig config, Map<String, ReadableTensor> tensors, List<MappedFile> files) {
        this.config = config;
        this.tensors = tensors;
        this.files = files;
    }

    /** Keeps of {@code found} what the configuration asks for, after checking that all is there. */
    static Weights of(LlamaConfig config, Map<String, ? extends ReadableTensor> found, List<MappedFile> files) {
        Map<String, TensorInfo> infos = new LinkedHashMap<>();
        found.forEach((name, tensor) -> infos.put(name, tensor.info()));
        ModelTensors.check(config, infos);
        Map<String, ReadableTensor> used = new LinkedHashMap<>();
        for (String name : ModelTensors.shapes(config).keySet()) {
            used.put(name, present(found, name));
        }
        return new Weights(config, used, List.copyOf(files));
    }

    private static ReadableTensor present(Map<String, ? extends ReadableTensor> tensors, String name) {
        ReadableTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("no tensor has the name " + name);
        }
        return tensor;
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public TensorInfo info(String name) {
        return present(tensors, name).info();
    }

    @Override
    public void readRows(String name, long firstRow, long rows, FloatBuffer destination) {
        present(tensors, name).readRows(firstRow, rows, destination);
    }

    @Override
    public ByteBuffer raw(String name) {
        return present(tensors, name).raw();
    }

    @Override
    public long storedBytes(String name) {
        return present(tensors, name).storedBytes();
    }

    @Override
    public void close() {
        files.forEach(MappedFile::close);
    }
}
