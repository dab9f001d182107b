package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.RopeScaling;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Opens a GGUF file as weights under Hugging Face names and row order. */
final class GgufWeights {
    private static final String DIVISORS = "rope_freqs.weight";

    private GgufWeights() {}

    static WeightSource open(Path path) {
        Gguf gguf = Gguf.open(path);
        try {
            LlamaConfig plain = LlamaConfig.fromGguf(gguf.metadata(), gguf.names());
            LlamaConfig config = gguf.names().contains(DIVISORS) ? divided(gguf, plain) : plain;
            return Weights.of(config, renamed(gguf, config), List.of(gguf.file()));
        } catch (RuntimeException failure) {
            gguf.close();
            throw failure;
        }
    }

    private static Map<String, StoredTensor> renamed(Gguf gguf, LlamaConfig config) {
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        gguf.tensors().forEach((name, tensor) -> {
            if (!name.equals(DIVISORS)) {
                tensors.put(GgufNames.huggingFace(name), ordered(name, tensor, config));
            }
        });
        return tensors;
    }

    private static StoredTensor ordered(String name, StoredTensor tensor, LlamaConfig config) {
        return new StoredTensor(
                tensor.info(), tensor.file(), tensor.offset(), GgufNames.order(name, config.headSize()));
    }

    private static LlamaConfig divided(Gguf gguf, LlamaConfig config) {
        if (!(config.ropeScaling() instanceof RopeScaling.None)) {
            throw new UnsupportedModelException(
                    DIVISORS + " stands beside " + config.ropeScaling() + "; only one may scale frequencies");
        }
        if (!gguf.info(DIVISORS).shape().equals(List.of(config.headSize() / 2L))) {
            throw new MalformedModelFileException(DIVISORS + " has shape "
                    + gguf.info(DIVISORS).shape() + "; it must be [" + config.headSize() / 2 + "]");
        }
        FloatBuffer divisors = FloatBuffer.allocate(config.headSize() / 2);
        gguf.read(DIVISORS, divisors);
        List<Double> numbers = new ArrayList<>();
        for (float divisor : divisors.array()) {
            numbers.add((double) divisor);
        }
        return config.withRopeScaling(new RopeScaling.Divided(numbers));
    }
}
