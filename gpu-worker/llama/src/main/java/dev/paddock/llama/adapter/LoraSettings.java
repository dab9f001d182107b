package dev.paddock.llama.adapter;

import dev.paddock.llama.config.Rules;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * An adapter of two thin matrices on each adapted linear layer.
 *
 * @param form how they act
 * @param rank columns of B and rows of A
 * @param alpha numerator of the scale
 * @param dropout share of the adapter's inputs set to zero while training; projections of one input share the mask
 * @param targets projections with an adapter
 * @param rankStabilized scale {@code alpha / sqrt(rank)} (Kalajdzievski 2023, arXiv:2312.03732) instead of {@code alpha / rank}
 * @param layers blocks with an adapter; empty for all
 * @param rankPattern ranks of single layers: the key, a regular expression, matches the end of the layer's name, as in PEFT
 * @param alphaPattern alphas of single layers, likewise
 * @param initialization what the matrices of {@link AdapterForm#LORA} are at first
 */
public record LoraSettings(
        AdapterForm form,
        int rank,
        double alpha,
        double dropout,
        Set<Projection> targets,
        boolean rankStabilized,
        Set<Integer> layers,
        Map<String, Integer> rankPattern,
        Map<String, Double> alphaPattern,
        Initialization initialization) {
    public LoraSettings {
        Rules.atLeast("rank", rank, 1);
        Rules.positive("alpha", alpha);
        Rules.share("dropout", dropout);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must name at least one projection");
        }
        rankPattern.forEach((pattern, value) -> Rules.atLeast("rankPattern " + pattern, value, 1));
        alphaPattern.forEach((pattern, value) -> Rules.positive("alphaPattern " + pattern, value));
        ModulePatterns.requireExpressions("rankPattern", rankPattern.keySet());
        ModulePatterns.requireExpressions("alphaPattern", alphaPattern.keySet());
        if (initialization == Initialization.PISSA && form != AdapterForm.LORA) {
            throw new IllegalArgumentException(
                    "initialization pissa splits a matrix into two low-rank ones and a rest, which " + form.formName()
                            + " cannot be: use the adapter lora, or initialization default");
        }
        targets = Collections.unmodifiableSet(new TreeSet<>(targets));
        layers = Collections.unmodifiableSet(new TreeSet<>(layers));
        rankPattern = Collections.unmodifiableMap(new TreeMap<>(rankPattern));
        alphaPattern = Collections.unmodifiableMap(new TreeMap<>(alphaPattern));
    }

    /** LoRA alike in every block. */
    public LoraSettings(int rank, double alpha, double dropout, Set<Projection> targets, boolean rankStabilized) {
        this(
                AdapterForm.LORA,
                rank,
                alpha,
                dropout,
                targets,
                rankStabilized,
                Set.of(),
                Map.of(),
                Map.of(),
                Initialization.DEFAULT);
    }

    /** All seven projections, no dropout, {@code alpha / rank}. */
    public static LoraSettings of(int rank, double alpha) {
        return new LoraSettings(rank, alpha, 0, EnumSet.allOf(Projection.class), false);
    }

    /** The same in another form. */
    public LoraSettings withForm(AdapterForm other) {
        return new LoraSettings(
                other,
                rank,
                alpha,
                dropout,
                targets,
                rankStabilized,
                layers,
                rankPattern,
                alphaPattern,
                initialization);
    }

    /** The same with other first values. */
    public LoraSettings withInitialization(Initialization other) {
        return new LoraSettings(
                form, rank, alpha, dropout, targets, rankStabilized, layers, rankPattern, alphaPattern, other);
    }

    /** The same with twice the rank and the same scale on every layer. */
    public LoraSettings doubled() {
        double factor = rankStabilized ? Math.sqrt(2) : 2;
        Map<String, Integer> ranks = new TreeMap<>(rankPattern);
        ranks.replaceAll((pattern, value) -> 2 * value);
        Map<String, Double> alphas = new TreeMap<>(alphaPattern);
        alphas.replaceAll((pattern, value) -> factor * value);
        return new LoraSettings(
                form,
                2 * rank,
                factor * alpha,
                dropout,
                targets,
                rankStabilized,
                layers,
                ranks,
                alphas,
                Initialization.DEFAULT);
    }

    /**
     * Refuses what a model of so many layers does not have.
     *
     * @throws IllegalArgumentException naming a layer that there is not, or a pattern that decides no adapted layer or that
     *     another one contradicts
     */
    public void check(int modelLayers) {
        layers.stream()
                .filter(layer -> layer < 0 || layer >= modelLayers)
                .findFirst()
                .ifPresent(layer -> {
                    throw new IllegalArgumentException(
                            "the base has no layer " + layer + "; its layers are 0 to " + (modelLayers - 1));
                });
        List<String> adapted = IntStream.range(0, modelLayers)
                .boxed()
                .flatMap(layer -> targets.stream()
                        .filter(projection -> rank(layer, projection) > 0)
                        .map(projection -> projection.path(layer)))
                .toList();
        ModulePatterns.check("rankPattern", rankPattern.keySet(), adapted);
        ModulePatterns.check("alphaPattern", alphaPattern.keySet(), adapted);
    }

    /** Rank on a block's projection; 0 where it has no adapter. */
    public int rank(int layer, Projection projection) {
        if (!targets.contains(projection) || !(layers.isEmpty() || layers.contains(layer))) {
            return 0;
        }
        return ModulePatterns.find(rankPattern, projection.path(layer)).orElse(rank);
    }

    /** What the product of B and A is multiplied with on a block's projection. */
    public double scale(int layer, Projection projection) {
        double numerator =
                ModulePatterns.find(alphaPattern, projection.path(layer)).orElse(alpha);
        int denominator = Math.max(1, rank(layer, projection));
        return numerator / (rankStabilized ? Math.sqrt(denominator) : denominator);
    }

    /** The scale where no pattern says otherwise. */
    public double scale() {
        return alpha / (rankStabilized ? Math.sqrt(rank) : rank);
    }
}
