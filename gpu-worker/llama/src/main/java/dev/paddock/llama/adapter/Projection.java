package dev.paddock.llama.adapter;

import dev.paddock.llama.config.LlamaConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A linear layer of a block that an adapter may sit on, in the order in which joined products hold them. */
public enum Projection {
    Q_PROJ(Group.QKV, "self_attn"),
    K_PROJ(Group.QKV, "self_attn"),
    V_PROJ(Group.QKV, "self_attn"),
    O_PROJ(Group.O, "self_attn"),
    GATE_PROJ(Group.GATE_UP, "mlp"),
    UP_PROJ(Group.GATE_UP, "mlp"),
    DOWN_PROJ(Group.DOWN, "mlp");

    /** Projections that read the same input and are computed as one product. */
    public enum Group {
        QKV,
        O,
        GATE_UP,
        DOWN;

        /** In their order in the product, first rows first. */
        public List<Projection> projections() {
            return Arrays.stream(Projection.values())
                    .filter(projection -> projection.group == this)
                    .toList();
        }
    }

    private final Group group;
    private final String parent;

    Projection(Group group, String parent) {
        this.group = group;
        this.parent = parent;
    }

    /** The product that it is computed in. */
    public Group group() {
        return group;
    }

    /** Name as PEFT's {@code target_modules} writes it, such as {@code q_proj}. */
    public String moduleName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Name of the layer in a Hugging Face model, such as {@code model.layers.3.self_attn.q_proj}. */
    public String path(int layer) {
        return "model.layers." + layer + "." + parent + "." + moduleName();
    }

    /** Output size. */
    public int outputs(LlamaConfig config) {
        return switch (this) {
            case Q_PROJ -> config.querySize();
            case K_PROJ, V_PROJ -> config.keyValueSize();
            case O_PROJ, DOWN_PROJ -> config.hiddenSize();
            case GATE_PROJ, UP_PROJ -> config.intermediateSize();
        };
    }

    /** Input size. */
    public int inputs(LlamaConfig config) {
        return switch (this) {
            case Q_PROJ, K_PROJ, V_PROJ, GATE_PROJ, UP_PROJ -> config.hiddenSize();
            case O_PROJ -> config.querySize();
            case DOWN_PROJ -> config.intermediateSize();
        };
    }

    /** First output row within the group's joined product. */
    public int firstOutput(LlamaConfig config) {
        return group.projections().stream()
                .takeWhile(projection -> projection != this)
                .mapToInt(projection -> projection.outputs(config))
                .sum();
    }

    public boolean hasBias(LlamaConfig config) {
        return parent.equals("mlp") ? config.mlpBias() : config.attentionBias();
    }

    /**
     * Finds a projection by its name.
     *
     * @throws IllegalArgumentException for a name that is not one of the seven
     */
    public static Projection of(String moduleName) {
        return Arrays.stream(values())
                .filter(projection -> projection.moduleName().equals(moduleName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no adapter can sit on \"" + moduleName + "\"; use "
                        + Arrays.stream(values()).map(Projection::moduleName).toList()));
    }
}
