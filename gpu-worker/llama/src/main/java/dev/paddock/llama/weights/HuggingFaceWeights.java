package dev.paddock.llama.weights;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Opens a Hugging Face folder as weights: {@code config.json} and one or sharded safetensors, also in bitsandbytes' NF4. */
final class HuggingFaceWeights {
    private static final String SINGLE = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";
    private static final Set<String> HEAD = Set.of("score.weight", "score.bias");

    private HuggingFaceWeights() {}

    static WeightSource open(Path folder) {
        return open(folder, LlamaConfig.fromHuggingFace(config(folder)), Set.of());
    }

    /** The decoder of a classifier, without its head. */
    static WeightSource openClassifier(Path folder) {
        return open(folder, LlamaConfig.fromHuggingFaceClassifier(config(folder)), HEAD);
    }

    private static JsonNode config(Path folder) {
        return JsonFiles.read(folder.resolve("config.json"));
    }

    private static WeightSource open(Path folder, LlamaConfig config, Set<String> leftOut) {
        List<MappedFile> files = new ArrayList<>();
        try {
            Map<String, StoredTensor> tensors =
                    Files.exists(folder.resolve(INDEX)) ? sharded(folder, files) : single(folder, files);
            tensors.keySet().removeAll(leftOut);
            boolean fourBits = config(folder).hasNonNull("quantization_config");
            return Weights.of(config, fourBits ? Nf4Tensors.join(tensors) : tensors, files);
        } catch (RuntimeException failure) {
            files.forEach(MappedFile::close);
            throw failure;
        }
    }

    private static Map<String, StoredTensor> single(Path folder, List<MappedFile> files) {
        if (!Files.exists(folder.resolve(SINGLE))) {
            throw new UnsupportedModelException(folder + " holds neither " + SINGLE + " nor " + INDEX
                    + "; other weight files are not read, convert them to safetensors");
        }
        Safetensors shard = open(folder.resolve(SINGLE), files);
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        shard.names().forEach(name -> tensors.put(name, shard.tensor(name)));
        return tensors;
    }

    private static Map<String, StoredTensor> sharded(Path folder, List<MappedFile> files) {
        JsonNode places = JsonFiles.read(folder.resolve(INDEX)).path("weight_map");
        Map<String, Safetensors> shards = new TreeMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        places.properties().forEach(place -> {
            String file = place.getValue().asString("");
            if (!file.matches("[A-Za-z0-9._-]+\\.safetensors")) {
                throw new MalformedModelFileException(INDEX + ": " + place.getKey() + " lies in '" + file
                        + "'; it must name a safetensors file beside it");
            }
            Safetensors shard = shards.computeIfAbsent(file, name -> open(folder.resolve(name), files));
            if (!shard.names().contains(place.getKey())) {
                throw new MalformedModelFileException(INDEX + ": " + place.getKey() + " is not in " + file);
            }
            tensors.put(place.getKey(), shard.tensor(place.getKey()));
        });
        return tensors;
    }

    private static Safetensors open(Path path, List<MappedFile> files) {
        Safetensors shard = Safetensors.open(path);
        files.add(shard.file());
        return shard;
    }
}
