package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model of which something is trained: whole tensors, adapters, a classification head. What is trained has fp32 masters in
 * one flat buffer; the rest lies frozen.
 */
final class TrainedModel implements AutoCloseable {
    static final String HEAD = "score.weight";
    private static final double HEAD_DEVIATION = 0.02;

    private final TensorScope scope;
    private final ScriptModule kernels;
    private final LlamaConfig config;
    private final Adaptation adaptation;
    private final ScalarType type;
    private final NDArray none;
    private final NDArray headValues;
    private final NDArray headGradient;
    private final List<WeightSlot> trainedSlots;
    private final @Nullable AdapterLayout layout;
    private final FlatParameters parameters;
    private final @Nullable AdapterTensors adapters;
    private final FrozenWeights frozen;
    private final Map<WeightSlot, NDArray> masters = new HashMap<>();
    private final Map<WeightSlot, NDArray> gradients = new HashMap<>();
    private final List<BlockGradients> blockGradients = new ArrayList<>();
    private final @Nullable LoraAdapter principal;

    TrainedModel(
            TensorScope scope,
            ScriptModule kernels,
            WeightSource source,
            Adaptation adaptation,
            TrainingSettings settings) {
        this.scope = scope;
        this.kernels = kernels;
        this.adaptation = adaptation;
        config = source.config();
        type = settings.computeType();
        adaptation.check(config);
        none = Tensors.zeros(scope, type, 0);
        trainedSlots = WeightSlot.of(config).stream()
                .filter(adaptation::trains)
                .distinct()
                .toList();
        layout = adaptation
                .adapter()
                .map(lora -> new AdapterLayout(config, lora))
                .orElse(null);
        parameters = new FlatParameters(scope, kernels, slots(settings.options()), settings);
        List<NDArray> values = parameters.valueViews(scope);
        List<NDArray> views = parameters.gradientViews(scope);
        for (int i = 0; i < trainedSlots.size(); i++) {
            masters.put(trainedSlots.get(i), values.get(i));
            gradients.put(trainedSlots.get(i), views.get(i));
        }
        headValues = adaptation.labels() > 0 ? values.get(trainedSlots.size()) : none;
        headGradient = adaptation.labels() > 0 ? views.get(trainedSlots.size()) : none;
        adapters = adapters(scope);
        Predicate<WeightSlot> wanted = slot -> !slot.parts().isEmpty() && !adaptation.trains(slot);
        frozen = adaptation.quantized()
                ? new Nf4Weights(scope, source, type, wanted)
                : new ResidentWeights(scope, source, type, wanted);
        principal = principal();
        for (int layer = 0; layer < config.layers(); layer++) {
            blockGradients.add(new BlockGradients(
                    WeightSlot.ofBlock(config, layer).stream()
                            .map(this::gradient)
                            .toList(),
                    adapters == null ? AdapterTensors.Gradients.none() : adapters.gradients(layer)));
        }
        initialize(source, settings.seed());
    }

    /** Whole tensors, then the head, then adapters. */
    private List<FlatSlot> slots(TrainingOptions options) {
        List<FlatSlot> slots = new ArrayList<>();
        trainedSlots.forEach(
                slot -> slots.add(FlatSlot.of(slot.joinedName(), slot.rows(), slot.columns(), !slot.isVector())));
        if (adaptation.labels() > 0) {
            slots.add(FlatSlot.of(HEAD, adaptation.labels(), config.hiddenSize(), true));
        }
        if (layout != null) {
            slots.addAll(layout.slots());
        }
        return FlatSlot.place(slots.stream()
                .map(slot -> slot.withRate(options.rate(slot.name(), config.layers())))
                .toList());
    }

    private @Nullable AdapterTensors adapters(TensorScope owner) {
        return layout == null
                ? null
                : new AdapterTensors(
                        owner,
                        kernels,
                        config,
                        adaptation.adapter().orElseThrow(),
                        layout,
                        firstAdapterSlot(),
                        parameters,
                        type,
                        none);
    }

    private int firstAdapterSlot() {
        return trainedSlots.size() + (adaptation.labels() > 0 ? 1 : 0);
    }

    /** What PiSSA takes out of the frozen matrices; null where adapters begin as usual. */
    private @Nullable LoraAdapter principal() {
        return layout != null && adaptation.adapter().orElseThrow().initialization() == Initialization.PISSA
                ? Pissa.split(kernels, config, layout, frozen)
                : null;
    }

    private void initialize(WeightSource source, long seed) {
        if (adaptation.labels() > 0 || layout != null) {
            float[] values = new float[Math.toIntExact(parameters.size())];
            if (adaptation.labels() > 0) {
                initializeHead(values, new Random(Seeds.mix(seed, -2)));
            }
            if (layout != null) {
                layout.initialize(values, adapterSlots(), new Random(Seeds.mix(seed, -1)));
            }
            if (principal != null) {
                Objects.requireNonNull(layout).copy(principal, values, adapterSlots());
            }
            set(values);
        }
        masters.forEach((slot, master) -> BaseWeights.read(source, slot, master));
        if (adapters != null) {
            adapters.initializeMagnitudes(frozen);
        }
    }

    private void initializeHead(float[] values, Random random) {
        FlatSlot head = parameters.slots().get(trainedSlots.size());
        for (long i = 0; i < head.elements(); i++) {
            values[(int) (head.offset() + i)] = (float) (HEAD_DEVIATION * random.nextGaussian());
        }
    }

    private List<FlatSlot> adapterSlots() {
        return parameters.slots().subList(firstAdapterSlot(), parameters.slots().size());
    }

    private void set(float[] values) {
        try (TensorScope temporary = scope.child()) {
            Tensors.copyRows(parameters.values(), 0, Tensors.floats(temporary, values, values.length));
        }
    }

    /** Puts an adapter of the run's own settings in place of the one in training. */
    void load(LoraAdapter adapter) {
        if (layout == null) {
            throw new IllegalArgumentException("the run trains no adapter");
        }
        float[] values = parameters.values().toFloatArray();
        layout.copy(adapter, values, adapterSlots());
        set(values);
    }

    LlamaConfig config() {
        return config;
    }

    FlatParameters parameters() {
        return parameters;
    }

    FrozenWeights frozen() {
        return frozen;
    }

    double dropout() {
        return adaptation.adapter().map(lora -> lora.dropout()).orElse(0.0);
    }

    /** The adapter whose matrices a flat buffer of the parameters' layout holds. */
    LoraAdapter adapter(float[] flat) {
        return Objects.requireNonNull(layout, "the run trains no adapter").adapter(flat, adapterSlots());
    }

    /** The tensors of the current parameter values, until the next update. */
    PreparedModel prepare() {
        return new PreparedModel(this);
    }

    boolean isTrained(WeightSlot slot) {
        return masters.containsKey(slot);
    }

    /** The tensor of a slot in the compute type, from its master where it is trained. */
    NDArray tensor(TensorScope owner, WeightSlot slot) {
        if (slot.parts().isEmpty()) {
            return none;
        }
        NDArray master = masters.get(slot);
        return master == null
                ? frozen.tensor(slot)
                : kernels.tensors(owner, "cast", List.of(master), type.code()).get(0);
    }

    /** What stands for the output matrix: the classification head where there is one. */
    NDArray output(TensorScope owner) {
        return adaptation.labels() > 0
                ? kernels.tensors(owner, "cast", List.of(headValues), type.code())
                        .get(0)
                : tensor(owner, WeightSlot.output(config));
    }

    NDArray outputGradient() {
        return adaptation.labels() > 0 ? headGradient : gradient(WeightSlot.output(config));
    }

    /** Where a slot's gradient goes; empty where it is not trained. */
    NDArray gradient(WeightSlot slot) {
        return gradients.getOrDefault(slot, none);
    }

    AdapterTensors.Joined joined(TensorScope owner, int layer) {
        return adapters == null ? AdapterTensors.Joined.none(none) : adapters.joined(owner, layer, frozen);
    }

    /** Where a block's gradients go. */
    BlockGradients gradients(int layer) {
        return blockGradients.get(layer);
    }

    ScalarType type() {
        return type;
    }

    ScriptModule kernels() {
        return kernels;
    }

    /**
     * Writes what was trained into a folder that exists.
     *
     * @param baseName what an adapter names as its base
     */
    void write(Path folder, String baseName) {
        if (adaptation.everything()) {
            WholeModel.write(folder, config, trainedSlots, parameters, type);
        } else {
            LoraSettings settings = adaptation.adapter().orElseThrow();
            PeftAdapter.write(folder, principal == null ? settings : settings.doubled(), result(), baseName);
        }
    }

    /** Writes adapter and head as a classifier's folder. */
    void writeClassifier(Path folder, LabelScheme scheme, String baseName) {
        float[] weights = headValues.toFloatArray();
        LinearHead head = new LinearHead(adaptation.labels(), config.hiddenSize(), weights, new float[0]);
        LoraSettings settings = adaptation.adapter().orElseThrow();
        new ClassifierModel(scheme, new HeadedAdapter(scheme.kind().task(), result(), head))
                .write(folder, principal == null ? settings : settings.doubled(), baseName);
    }

    /** What was trained as an adapter of the base as it was. */
    LoraAdapter result() {
        LoraAdapter trained = adapter(parameters.values().toFloatArray());
        return new LoraAdapter(
                principal == null ? trained.updates() : Pissa.differences(trained, principal),
                SavedTensors.of(config, trainedSlots, parameters));
    }

    @Override
    public void close() {
        blockGradients.forEach(BlockGradients::close);
        parameters.close();
        frozen.close();
    }
}
