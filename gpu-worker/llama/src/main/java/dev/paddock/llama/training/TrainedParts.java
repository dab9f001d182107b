package dev.paddock.llama.training;

import dev.paddock.llama.adapter.HeadedAdapter;
import dev.paddock.llama.adapter.Initialization;
import dev.paddock.llama.adapter.LinearHead;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.RoutedFolder;
import dev.paddock.llama.classification.ClassificationHead;
import dev.paddock.llama.classification.ClassifierModel;
import dev.paddock.llama.classification.LabelScheme;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * What of a model is trained: whole tensors, a classification head, adapters. It knows where each of them stands in the flat buffer
 * of fp32 masters, with which values head and adapters begin, and which files all of them become.
 */
final class TrainedParts {
    private static final String HEAD = "score.weight";

    private final LlamaConfig config;
    private final Adaptation adaptation;
    private final ScalarType type;
    private final List<WeightSlot> whole;
    private final @Nullable AdapterSlots layout;
    private final FlatParameters parameters;
    private final @Nullable LoraAdapter principal;

    /**
     * Parts of which head and adapters have their first values, and whole tensors are zero.
     *
     * @param frozen the rest, out of whose matrices PiSSA takes what adapters begin with
     */
    TrainedParts(
            TensorScope scope,
            ScriptModule kernels,
            LlamaConfig config,
            Adaptation adaptation,
            TrainingSettings settings,
            FrozenWeights frozen) {
        this.config = config;
        this.adaptation = adaptation;
        type = settings.computeType();
        whole = WeightSlot.of(config).stream()
                .filter(adaptation::trains)
                .distinct()
                .toList();
        layout = layout(config, adaptation);
        parameters = new FlatParameters(scope, kernels, slots(settings.options()), settings);
        principal = adaptation
                .adapter()
                .filter(lora -> lora.initialization() == Initialization.PISSA)
                .map(lora -> Pissa.split(kernels, config, new AdapterLayout(config, lora), frozen))
                .orElse(null);
        if (layout != null) {
            initializeAdapters(layout, settings.seed());
        }
        if (hasHead()) {
            head().initialize(Seeds.mix(settings.seed(), -2));
        }
    }

    /** Where adapters or their gates stand; null where none are trained. */
    static @Nullable AdapterSlots layout(LlamaConfig config, Adaptation adaptation) {
        return adaptation
                .adapter()
                .<AdapterSlots>map(lora -> new AdapterLayout(config, lora))
                .or(() -> adaptation.routing().map(routing -> new GateLayout(config, routing)))
                .orElse(null);
    }

    /** Whole tensors, then the head, then adapters. */
    private List<FlatSlot> slots(TrainingOptions options) {
        List<FlatSlot> slots = new ArrayList<>();
        whole.forEach(slot -> slots.add(FlatSlot.of(slot.joinedName(), slot.rows(), slot.columns(), !slot.isVector())));
        if (hasHead()) {
            slots.add(FlatSlot.of(HEAD, adaptation.labels(), config.hiddenSize(), true));
        }
        if (layout != null) {
            slots.addAll(layout.slots());
        }
        return FlatSlot.place(slots.stream()
                .map(slot -> slot.withRate(options.rate(slot.name(), config.layers())))
                .toList());
    }

    private void initializeAdapters(AdapterSlots adapters, long seed) {
        float[] values = new float[Math.toIntExact(parameters.size())];
        adapters.initialize(values, adapterSlots(), new Random(Seeds.mix(seed, -1)));
        if (principal != null) {
            adapters.copy(principal, values, adapterSlots());
        }
        set(values);
    }

    private void set(float[] values) {
        try (TensorScope temporary = TensorScope.open()) {
            Tensors.copyRows(parameters.values(), 0, Tensors.floats(temporary, values, values.length));
        }
    }

    FlatParameters parameters() {
        return parameters;
    }

    /** Tensors that are trained as a whole; their number in this list is that of their slot. */
    List<WeightSlot> whole() {
        return whole;
    }

    /** Where adapters stand; null where none is trained. */
    @Nullable AdapterSlots layout() {
        return layout;
    }

    boolean hasHead() {
        return adaptation.labels() > 0;
    }

    /** Number of the head's slot, where there is one. */
    int headSlot() {
        return whole.size();
    }

    int firstAdapterSlot() {
        return whole.size() + (hasHead() ? 1 : 0);
    }

    private List<FlatSlot> adapterSlots() {
        return parameters.slots().subList(firstAdapterSlot(), parameters.slots().size());
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

    /** The adapter whose matrices a flat buffer of the parameters' layout holds. */
    LoraAdapter adapter(float[] flat) {
        return Objects.requireNonNull(layout, "the run trains no adapter").adapter(flat, adapterSlots());
    }

    /** What was trained as an adapter of the base as it was. */
    LoraAdapter result() {
        LoraAdapter trained = adapter(parameters.values().toFloatArray());
        return new LoraAdapter(
                principal == null ? trained.updates() : Pissa.differences(trained, principal),
                SavedTensors.of(config, whole, parameters));
    }

    /**
     * Writes what was trained into a folder that exists.
     *
     * @param baseName what an adapter names as its base
     */
    void write(Path folder, String baseName) {
        if (adaptation.everything()) {
            wholeModel().write(folder);
        } else if (adaptation.routing().isPresent()) {
            RoutedFolder.write(folder, adaptation.routing().get(), result(), baseName);
        } else {
            PeftAdapter.write(folder, written(), result(), baseName);
        }
    }

    /** Writes what was trained, and the head, as a classifier's folder. */
    void writeClassifier(Path folder, LabelScheme scheme, String baseName) {
        LinearHead head = head().result();
        if (adaptation.everything()) {
            wholeModel().write(folder, new ClassificationHead(scheme, head));
        } else {
            new ClassifierModel(scheme, new HeadedAdapter(scheme.kind().task(), result(), head))
                    .write(folder, written(), baseName);
        }
    }

    private WholeModel wholeModel() {
        return new WholeModel(config, whole, parameters, type);
    }

    private TrainedHead head() {
        return new TrainedHead(parameters, headSlot(), adaptation.labels(), config.hiddenSize());
    }

    /** Settings of the adapter as it is written: PiSSA's difference has twice the rank. */
    private LoraSettings written() {
        LoraSettings settings = adaptation.adapter().orElseThrow();
        return principal == null ? settings : settings.doubled();
    }
}
