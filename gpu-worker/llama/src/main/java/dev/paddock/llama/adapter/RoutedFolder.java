package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.Routing.Member;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.weights.JsonFiles;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Adapters under gates as one folder: the gates beside {@code adapter_config.json}, and each adapter, as it was, in a folder of its
 * own that PEFT reads ({@code adapters/0} and so on).
 */
public final class RoutedFolder {
    private static final String TYPE = "METEORA";
    private static final String NAMES = "adapters";
    private static final String TOP_K = "top_k";

    private RoutedFolder() {}

    /** Whether a folder holds adapters under gates. */
    public static boolean isIn(Path folder) {
        Path config = folder.resolve(PeftAdapter.CONFIG);
        return Files.isRegularFile(config)
                && JsonFiles.read(config).path("peft_type").asString("").equals(TYPE);
    }

    /** Names of the adapters, in the order in which the gates weigh them. */
    public static List<String> names(Path folder) {
        return JsonFiles.read(folder.resolve(PeftAdapter.CONFIG))
                .path(NAMES)
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /**
     * Writes into a folder that exists.
     *
     * @param adapter the members under their gates, as {@link Routing#under} makes it
     * @param baseModel what the configuration names as its base
     */
    public static void write(Path folder, Routing routing, LoraAdapter adapter, String baseModel) {
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        long adapters = routing.members().size();
        adapter.updates().forEach((target, update) -> {
            float[] gate = update.gate().weights();
            writer.floats(
                    name(target), TensorType.F32, List.of(adapters, gate.length / adapters), into -> into.put(gate));
        });
        writer.write(folder.resolve(PeftAdapter.MODEL));
        try {
            Files.writeString(
                    folder.resolve(PeftAdapter.CONFIG),
                    AdapterConfig.JSON.writeValueAsString(config(routing, baseModel)) + "\n");
            for (int i = 0; i < adapters; i++) {
                copy(routing.members().get(i).folder(), member(folder, i));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectNode config(Routing routing, String baseModel) {
        ObjectNode config = AdapterConfig.JSON.createObjectNode();
        routing.members().forEach(member -> config.withArray(NAMES).add(member.name()));
        return config.put("base_model_name_or_path", baseModel)
                .put("peft_type", TYPE)
                .put(AdapterConfig.TASK, TaskType.CAUSAL_LM.name())
                .put(TOP_K, routing.topK());
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String file : List.of(PeftAdapter.CONFIG, PeftAdapter.MODEL)) {
            Files.copy(from.resolve(file), to.resolve(file));
        }
    }

    private static Path member(Path folder, int number) {
        return folder.resolve(NAMES).resolve(Integer.toString(number));
    }

    private static String name(Target target) {
        return PeftAdapter.module(target) + ".gate.weight";
    }

    /**
     * Reads the adapters under their gates.
     *
     * @throws MalformedModelFileException where a gate is missing or of another shape
     * @throws dev.paddock.llama.config.UnsupportedModelException naming an adapter among which no gate can choose
     */
    static LoraAdapter read(Path folder) {
        List<String> names = names(folder);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            members.add(Member.read(names.get(i), member(folder, i)));
        }
        int topK =
                JsonFiles.read(folder.resolve(PeftAdapter.CONFIG)).path(TOP_K).asInt(0);
        Routing routing = new Routing(members, topK);
        try (Safetensors tensors = PeftAdapter.open(folder)) {
            return routing.under(target -> gate(tensors, name(target), members.size()));
        }
    }

    private static float[] gate(Safetensors tensors, String name, int adapters) {
        List<Long> shape = tensors.names().contains(name) ? tensors.info(name).shape() : List.of();
        if (shape.size() != 2 || shape.get(0) != adapters) {
            throw new MalformedModelFileException(PeftAdapter.MODEL + ": " + name + " has shape " + shape
                    + "; it should be [" + adapters + ", inputs], a row for each adapter");
        }
        return PeftAdapter.floats(name, tensors);
    }
}
