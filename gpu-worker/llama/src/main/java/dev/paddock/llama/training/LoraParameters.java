package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.LoraAdapter;
import dev.paddock.llama.adapter.LoraSettings;
import dev.paddock.llama.adapter.PeftAdapter;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.ScalarType;
import dev.paddock.llama.torch.ScriptModule;
import dev.paddock.llama.torch.TensorScope;
import dev.paddock.llama.torch.Tensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Low-rank adapters on a frozen base: fp32 masters, joined by group and cast for the kernels before each step. */
final class LoraParameters implements Trainable {
    private final LlamaConfig config;
    private final LoraSettings settings;
    private final ScriptModule kernels;
    private final List<NDArray> base;
    private final ScalarType type;
    private final LoraLayout layout;
    private final FlatParameters parameters;
    private final List<NDArray> joinedA;
    private final List<NDArray> singleB;
    private final Gradients gradients;
    private final NDArray none;

    LoraParameters(
            TensorScope scope,
            ScriptModule kernels,
            LlamaConfig config,
            LoraSettings settings,
            List<NDArray> base,
            ScalarType type) {
        this.config = config;
        this.settings = settings;
        this.kernels = kernels;
        this.base = base;
        this.type = type;
        none = Tensors.zeros(scope, type, 0);
        layout = new LoraLayout(config, settings);
        parameters = new FlatParameters(scope, kernels, layout.slots());
        joinedA = layout.joinedA(parameters.valueViews(scope), none);
        singleB = layout.singleB(parameters.valueViews(scope));
        List<NDArray> views = parameters.gradientViews(scope);
        gradients = new Gradients(
                Collections.nCopies(base.size(), none), layout.joinedA(views, none), layout.singleB(views));
    }

    @Override
    public Prepared prepare(TensorScope owner) {
        List<NDArray> b = new ArrayList<>();
        int next = 0;
        for (int layer = 0; layer < config.layers(); layer++) {
            for (Group group : Group.values()) {
                List<Projection> adapted = adapted(group);
                b.add(adapted.isEmpty() ? none : blockDiagonal(owner, group, adapted, next));
                next += adapted.size();
            }
        }
        return new Prepared(base, kernels.tensors(owner, "cast", joinedA, type.code()), b);
    }

    private NDArray blockDiagonal(TensorScope owner, Group group, List<Projection> adapted, int first) {
        long[] rows = adapted.stream().mapToLong(p -> p.firstOutput(config)).toArray();
        int outputs =
                group.projections().stream().mapToInt(p -> p.outputs(config)).sum();
        List<NDArray> b = singleB.subList(first, first + adapted.size());
        return kernels.tensor(owner, "block_diagonal", b, rows, outputs, scale(), type.code());
    }

    private List<Projection> adapted(Group group) {
        return group.projections().stream().filter(settings.targets()::contains).toList();
    }

    @Override
    public long[] parts() {
        List<Long> parts = new ArrayList<>();
        long place = 0;
        for (Projection projection : Projection.values()) {
            parts.add((long) projection.firstOutput(config));
            parts.add((long) projection.outputs(config));
            parts.add(settings.targets().contains(projection) ? place++ : -1L);
        }
        return parts.stream().mapToLong(Long::longValue).toArray();
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
        return settings.scale();
    }

    @Override
    public double dropout() {
        return settings.dropout();
    }

    @Override
    public void write(Path folder, String baseName) {
        PeftAdapter.write(folder, settings, weights(), baseName);
    }

    /** The adapter as it is now. */
    LoraAdapter weights() {
        return layout.adapter(parameters.values().toFloatArray());
    }

    LoraLayout layout() {
        return layout;
    }
}
