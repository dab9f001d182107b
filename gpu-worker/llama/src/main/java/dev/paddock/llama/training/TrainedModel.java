package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import dev.paddock.llama.weights.WeightSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A model of which something is trained: the tensors of its passes, the trained ones by their fp32 masters, the rest frozen. */
final class TrainedModel implements AutoCloseable {
    private final ScriptModule kernels;
    private final LlamaConfig config;
    private final Adaptation adaptation;
    private final ScalarType type;
    private final NDArray none;
    private final FrozenWeights frozen;
    private final TrainedParts parts;
    private final NDArray headValues;
    private final NDArray headGradient;
    private final @Nullable JoinedAdapters adapters;
    private final Map<WeightSlot, NDArray> masters = new HashMap<>();
    private final Map<WeightSlot, NDArray> gradients = new HashMap<>();
    private final List<BlockGradients> blockGradients = new ArrayList<>();

    TrainedModel(
            TensorScope scope,
            ScriptModule kernels,
            WeightSource source,
            Adaptation adaptation,
            TrainingSettings settings) {
        this.kernels = kernels;
        this.adaptation = adaptation;
        config = source.config();
        type = settings.computeType();
        adaptation.check(config);
        none = Tensors.zeros(scope, type, 0);
        frozen = frozen(scope, source);
        parts = new TrainedParts(scope, kernels, config, adaptation, settings, frozen);
        List<NDArray> values = parts.parameters().valueViews(scope);
        List<NDArray> views = parts.parameters().gradientViews(scope);
        for (int i = 0; i < parts.whole().size(); i++) {
            masters.put(parts.whole().get(i), values.get(i));
            gradients.put(parts.whole().get(i), views.get(i));
        }
        headValues = parts.hasHead() ? values.get(parts.headSlot()) : none;
        headGradient = parts.hasHead() ? views.get(parts.headSlot()) : none;
        masters.forEach((slot, master) -> BaseWeights.read(source, slot, master));
        adapters = adapters(scope, parts.layout());
        for (int layer = 0; layer < config.layers(); layer++) {
            blockGradients.add(new BlockGradients(
                    WeightSlot.ofBlock(config, layer).stream()
                            .map(this::gradient)
                            .toList(),
                    adapters == null ? JoinedAdapters.Gradients.none(config) : adapters.gradients(layer)));
        }
    }

    private FrozenWeights frozen(TensorScope owner, WeightSource source) {
        Predicate<WeightSlot> wanted = slot -> adaptation.reads(slot) && !adaptation.trains(slot);
        return adaptation.quantized()
                ? new Nf4Weights(owner, source, type, wanted)
                : new ResidentWeights(owner, source, type, wanted);
    }

    private @Nullable JoinedAdapters adapters(TensorScope owner, @Nullable AdapterSlots layout) {
        int first = parts.firstAdapterSlot();
        if (layout instanceof GateLayout gates) {
            LoraAdapter routed = parts.adapter(parameters().values().toFloatArray());
            return new GateTensors(owner, kernels, config, routed, gates, first, parameters(), type, none);
        } else if (layout instanceof AdapterLayout lora) {
            LoraSettings settings = adaptation.adapter().orElseThrow();
            AdapterTensors tensors =
                    new AdapterTensors(owner, kernels, config, settings, lora, first, parameters(), type, none);
            tensors.initializeMagnitudes(frozen);
            return tensors;
        }
        return null;
    }

    LlamaConfig config() {
        return config;
    }

    /** What is trained, as numbers. */
    TrainedParts parts() {
        return parts;
    }

    FlatParameters parameters() {
        return parts.parameters();
    }

    FrozenWeights frozen() {
        return frozen;
    }

    double dropout() {
        return adaptation.adapter().map(lora -> lora.dropout()).orElse(0.0);
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
        return parts.hasHead()
                ? kernels.tensors(owner, "cast", List.of(headValues), type.code())
                        .get(0)
                : tensor(owner, WeightSlot.output(config));
    }

    NDArray outputGradient() {
        return parts.hasHead() ? headGradient : gradient(WeightSlot.output(config));
    }

    /** Where a slot's gradient goes; empty where it is not trained. */
    NDArray gradient(WeightSlot slot) {
        return gradients.getOrDefault(slot, none);
    }

    JoinedAdapters.Joined joined(TensorScope owner, int layer) {
        return adapters == null ? JoinedAdapters.Joined.none(none) : adapters.joined(owner, layer, frozen);
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

    @Override
    public void close() {
        blockGradients.forEach(BlockGradients::close);
        parts.parameters().close();
        frozen.close();
    }
}
