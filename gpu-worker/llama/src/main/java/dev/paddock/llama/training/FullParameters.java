package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.SafetensorsWriter;
import dev.paddock.llama.weights.TensorType;
import dev.paddock.llama.weights.WeightSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every matrix, norm, bias and embedding of a model: fp32 masters, cast for the kernels before each step. */
final class FullParameters implements Trainable {
    private final LlamaConfig config;
    private final ScriptModule kernels;
    private final ScalarType type;
    private final FlatParameters parameters;
    private final List<NDArray> values;
    private final Gradients gradients;
    private final List<NDArray> noAdapters;

    FullParameters(TensorScope scope, ScriptModule kernels, LlamaConfig config, ScalarType type) {
        this.config = config;
        this.kernels = kernels;
        this.type = type;
        NDArray none = Tensors.zeros(scope, type, 0);
        noAdapters = Collections.nCopies(config.layers() * Projection.Group.values().length, none);
        parameters = new FlatParameters(scope, kernels, slots(config));
        values = inKernelOrder(parameters.valueViews(scope), none);
        gradients = new Gradients(inKernelOrder(parameters.gradientViews(scope), none), noAdapters, List.of());
    }

    /** One slot for each weight slot that has a tensor of its own; vectors are not decayed. */
    private static List<FlatSlot> slots(LlamaConfig config) {
        List<FlatSlot> slots = new ArrayList<>();
        for (WeightSlot slot : distinct(config)) {
            slots.add(FlatSlot.of(name(slot), slot.rows(), slot.columns(), !slot.isVector()));
        }
        return FlatSlot.place(slots);
    }

    private static List<WeightSlot> distinct(LlamaConfig config) {
        return WeightSlot.of(config).stream()
                .filter(slot -> !slot.parts().isEmpty())
                .distinct()
                .toList();
    }

    private static String name(WeightSlot slot) {
        return String.join("+", slot.parts().stream().map(WeightSlot.Part::name).toList());
    }

    private List<NDArray> inKernelOrder(List<NDArray> views, NDArray none) {
        Map<WeightSlot, NDArray> bySlot = new HashMap<>();
        List<WeightSlot> distinct = distinct(config);
        for (int i = 0; i < distinct.size(); i++) {
            bySlot.put(distinct.get(i), views.get(i));
        }
        return WeightSlot.of(config).stream()
                .map(slot -> bySlot.getOrDefault(slot, none))
                .toList();
    }

    /** Sets the masters from a model's weights. */
    void initialize(WeightSource source) {
        List<WeightSlot> slots = WeightSlot.of(config);
        for (int i = 0; i < values.size(); i++) {
            BaseWeights.read(source, slots.get(i), values.get(i));
        }
    }

    @Override
    public Prepared prepare(TensorScope owner) {
        return new Prepared(kernels.tensors(owner, "cast", values, type.code()), noAdapters, noAdapters);
    }

    /** Writes {@code config.json} and {@code model.safetensors}, in the compute type. */
    @Override
    public void write(Path folder, String baseName) {
        TensorType stored = type == ScalarType.BFLOAT16 ? TensorType.BF16 : TensorType.F32;
        SafetensorsWriter writer = new SafetensorsWriter(Map.of("format", "pt"));
        try (TensorScope views = TensorScope.open()) {
            List<NDArray> tensors = parameters.valueViews(views);
            List<WeightSlot> slots = distinct(config);
            for (int i = 0; i < slots.size(); i++) {
                add(writer, slots.get(i), tensors.get(i), stored);
            }
            writer.write(folder.resolve("model.safetensors"));
        }
        try {
            Files.writeString(
                    folder.resolve("config.json"), config.toHuggingFace().toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(SafetensorsWriter writer, WeightSlot slot, NDArray tensor, TensorType stored) {
        int offset = 0;
        for (WeightSlot.Part part : slot.parts()) {
            int first = offset;
            int length = part.rows() * Math.max(1, slot.columns());
            List<Long> shape =
                    slot.isVector() ? List.of((long) part.rows()) : List.of((long) part.rows(), (long) slot.columns());
            writer.floats(part.name(), stored, shape, buffer -> buffer.put(Tensors.toFloats(tensor), first, length));
            offset += length;
        }
    }

    @Override
    public FlatParameters parameters() {
        return parameters;
    }

    @Override
    public Gradients gradients() {
        return gradients;
    }

    @Override
    public double scale() {
        return 1;
    }

    @Override
    public double dropout() {
        return 0;
    }

    @Override
    public long[] parts() {
        long[] parts = new long[3 * Projection.values().length];
        Arrays.fill(parts, -1);
        return parts;
    }
}
