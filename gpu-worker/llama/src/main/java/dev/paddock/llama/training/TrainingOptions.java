package dev.paddock.llama.training;

import dev.paddock.llama.config.Rules;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What not every run has.
 *
 * @param labelSmoothing share of each target that is spread over the vocabulary (Szegedy et al. 2015, arXiv:1512.00567)
 * @param noise NEFTune's alpha: embeddings get uniform noise within {@code alpha / sqrt(length · width)} (arXiv:2310.05914)
 * @param recompute whether backward computes each block's forward pass again, so that one block's activations are held at a time
 *     (Chen et al. 2016, arXiv:1604.06174)
 * @param adapterRatio learning rate of every B over that of A (LoRA+, Hayou et al. 2024, arXiv:2402.12354)
 * @param layerDecay learning rate of a block over that of the one above it (Howard and Ruder 2018, arXiv:1801.06146)
 * @param groupByLength whether documents of like length stand in the same batches
 * @param causal whether a token sees only those before it, or its whole document
 * @param optimizer what updates the parameters with the settings of AdamW
 * @param phases sources whose rows are learnt one after another, each for all epochs, with one schedule and one optimizer's state
 *     over all of them (phased training in Pareja et al. 2024, arXiv:2412.13337); empty where all rows are shuffled together
 */
public record TrainingOptions(
        double labelSmoothing,
        double noise,
        boolean recompute,
        double adapterRatio,
        double layerDecay,
        boolean groupByLength,
        boolean causal,
        OptimizerKind optimizer,
        List<String> phases) {
    /** The plain trainer. */
    public static final TrainingOptions NONE = new TrainingOptions(0, 0, false, 1, 1, false, true);

    private static final Pattern LAYER = Pattern.compile("model\\.layers\\.(\\d+)\\..*");

    public TrainingOptions {
        phases = List.copyOf(phases);
        Rules.share("labelSmoothing", labelSmoothing);
        Rules.notNegative("noise", noise);
        Rules.positive("adapterRatio", adapterRatio);
        Rules.positive("layerDecay", layerDecay);
    }

    /** Options of a run with plain AdamW. */
    public TrainingOptions(
            double labelSmoothing,
            double noise,
            boolean recompute,
            double adapterRatio,
            double layerDecay,
            boolean groupByLength,
            boolean causal) {
        this(
                labelSmoothing,
                noise,
                recompute,
                adapterRatio,
                layerDecay,
                groupByLength,
                causal,
                OptimizerKind.ADAMW,
                List.of());
    }

    /** The same with another optimizer. */
    public TrainingOptions withOptimizer(OptimizerKind other) {
        return new TrainingOptions(
                labelSmoothing, noise, recompute, adapterRatio, layerDecay, groupByLength, causal, other, phases);
    }

    /** The same with each block's forward pass computed again on the way back, or its activations kept. */
    public TrainingOptions withRecompute(boolean again) {
        return new TrainingOptions(
                labelSmoothing, noise, again, adapterRatio, layerDecay, groupByLength, causal, optimizer, phases);
    }

    /** The same with rows of these sources one after another. */
    public TrainingOptions withPhases(List<String> sources) {
        return new TrainingOptions(
                labelSmoothing, noise, recompute, adapterRatio, layerDecay, groupByLength, causal, optimizer, sources);
    }

    /** The same with another share of each target spread over the vocabulary. */
    TrainingOptions withLabelSmoothing(double share) {
        return new TrainingOptions(
                share, noise, recompute, adapterRatio, layerDecay, groupByLength, causal, optimizer, phases);
    }

    /** The same with or without the causal mask. */
    TrainingOptions withCausal(boolean masked) {
        return new TrainingOptions(
                labelSmoothing, noise, recompute, adapterRatio, layerDecay, groupByLength, masked, optimizer, phases);
    }

    /** The same with another learning rate of every B over that of A. */
    public TrainingOptions withAdapterRatio(double ratio) {
        return new TrainingOptions(
                labelSmoothing, noise, recompute, ratio, layerDecay, groupByLength, causal, optimizer, phases);
    }

    /** What the learning rate of a tensor is multiplied with; the embedding stands below the first block. */
    double rate(String name, int layers) {
        double rate = name.endsWith(".lora_B.weight") ? adapterRatio : 1;
        Matcher matcher = LAYER.matcher(name);
        int below = matcher.matches()
                ? layers - Integer.parseInt(matcher.group(1))
                : name.contains("embed_tokens") ? layers + 1 : 0;
        return rate * Math.pow(layerDecay, below);
    }
}
