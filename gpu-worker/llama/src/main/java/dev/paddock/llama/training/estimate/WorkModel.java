package dev.paddock.llama.training.estimate;

import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.training.BatchShape;
import dev.paddock.llama.training.ParameterCounts;
import dev.paddock.llama.training.PlannedWork;
import java.util.List;
import java.util.Map;

/** How much of each kind of work a run has, counted from what the training kernels do. */
final class WorkModel {
    /** Numbers gone over for a token of width 1: two norms, residual sums; forward, backward. */
    private static final double WIDTH_FORWARD = 20;

    private static final double WIDTH_BACKWARD = 28;
    /** For a number of the feed-forward width: gate, product; both again and backward. */
    private static final double FEED_FORWARD = 5;

    private static final double FEED_BACKWARD = 12;
    /** For a number of queries, keys and values: rotation, layout. */
    private static final double HEADS_FORWARD = 5;

    private static final double HEADS_BACKWARD = 8;
    /** Times that scores are gone over: product, mask, softmax, product; backward four products. */
    private static final double SCORES_FORWARD = 2;

    private static final double SCORES_BACKWARD = 4;
    /** The head size at which a score counts 1: half for its products, half for its softmax. */
    private static final double HEAD_SIZE = 64;

    private static final double UPDATE_CAST = 0.3;

    private final Workload work;
    private final LlamaConfig config;
    private final ParameterCounts counts;
    private final List<GroupWork> groups;

    WorkModel(Workload work) {
        this.work = work;
        config = work.config();
        counts = work.counts();
        groups = GroupWork.of(work);
    }

    /** A batch's way forward and back, once more forward where activations are computed again. */
    Amounts batch(BatchShape batch, boolean scored) {
        Amounts pass = forward(batch).times(work.recomputes() ? 2 : 1).plus(backward(batch));
        return scored ? pass.plus(scores(batch)) : pass;
    }

    /** A batch's way forward to the log-probabilities of its targets, as a reference is measured. */
    Amounts reference(BatchShape batch) {
        return forward(batch).plus(scores(batch)).plus(preparation());
    }

    /** What every optimizer step does beside its batches. */
    Amounts step() {
        Work updates =
                switch (work.settings().options().optimizer()) {
                    case ADAMW -> Work.UPDATES;
                    case ADAMW_8BIT -> Work.UPDATES_8BIT;
                    case PAGED_ADAMW -> Work.UPDATES_PAGED;
                    case ADAFACTOR -> Work.UPDATES_FACTORED;
                };
        return new Amounts(Map.of(updates, (double) counts.trained())).plus(preparation());
    }

    /** Trained tensors cast, adapters joined, norms taken. */
    private Amounts preparation() {
        double casts = work.copiesAreCast() ? counts.whole() : 0;
        double normed = groups.stream().mapToLong(GroupWork::normed).sum();
        double thin = groups.stream()
                .mapToDouble(group -> (double) group.normed() * group.ranks())
                .sum();
        return new Amounts(Map.of(
                Work.UPDATES,
                UPDATE_CAST * casts,
                Work.ELEMENTS,
                4 * normed + adapters(),
                Work.THIN_PRODUCTS,
                2 * thin,
                Work.BLOCKS,
                (double) config.layers() / 2));
    }

    private double matrices() {
        return groups.stream()
                .mapToDouble(group -> (double) group.inputs() * group.outputs())
                .sum();
    }

    private double thin() {
        return groups.stream().mapToDouble(GroupWork::joined).sum();
    }

    /** Numbers gone over where adapters are joined, zeros among them, or where their gradients are taken apart. */
    private double adapters() {
        return thin() + 3.0 * counts.adapters();
    }

    private double dequantized() {
        return work.storage().dequantized() ? counts.frozenMatrices() : 0;
    }

    /** Numbers of the output matrix, as often as a product of logits reads them. */
    private double outputs(BatchShape batch) {
        return (double) batch.logitChunks() * work.outputs() * config.hiddenSize();
    }

    private Amounts forward(BatchShape batch) {
        double tokens = batch.tokens();
        return new Amounts(Map.of(
                Work.PRODUCTS,
                2 * tokens * matrices(),
                Work.THIN_PRODUCTS,
                2 * tokens * thin(),
                Work.ATTENTION,
                SCORES_FORWARD * attention(batch),
                Work.WEIGHTS,
                matrices(),
                Work.DEQUANTIZED,
                dequantized(),
                Work.ELEMENTS,
                tokens * (config.layers() * width(WIDTH_FORWARD, FEED_FORWARD, HEADS_FORWARD) + touched() / 3),
                Work.BLOCKS,
                (double) config.layers()));
    }

    private Amounts backward(BatchShape batch) {
        double tokens = batch.tokens();
        double weights = counts.trainsMatrices() ? 2 : 1;
        double attention = SCORES_BACKWARD + (batch.keepsProbabilities() ? 0 : SCORES_FORWARD / 2);
        double outputs = (double) work.outputs() * config.hiddenSize();
        return new Amounts(Map.of(
                Work.PRODUCTS,
                2 * tokens * matrices() * weights + 2 * batch.places() * outputs * (1 + weights),
                Work.THIN_PRODUCTS,
                4 * tokens * thin(),
                Work.ATTENTION,
                attention * attention(batch),
                Work.WEIGHTS,
                matrices() + 2 * outputs(batch),
                Work.DEQUANTIZED,
                dequantized(),
                Work.ELEMENTS,
                tokens * (config.layers() * width(WIDTH_BACKWARD, FEED_BACKWARD, HEADS_BACKWARD) + touched() * 2 / 3)
                        + 3 * (counts.trainsMatrices() ? counts.whole() : 0)
                        + adapters(),
                Work.LOGITS,
                (double) batch.places() * work.outputs(),
                Work.BLOCKS,
                (double) config.layers()));
    }

    /** Log-probabilities at a batch's places. */
    private Amounts scores(BatchShape batch) {
        double logits = (double) batch.places() * work.outputs();
        return new Amounts(Map.of(
                Work.PRODUCTS,
                2 * logits * config.hiddenSize(),
                Work.WEIGHTS,
                outputs(batch),
                Work.LOGITS,
                logits / 2));
    }

    private double width(double hidden, double feed, double heads) {
        return hidden * config.hiddenSize()
                + feed * config.intermediateSize()
                + heads * (config.querySize() + 2.0 * config.keyValueSize());
    }

    private double touched() {
        return groups.stream().mapToDouble(GroupWork::touched).sum();
    }

    private double attention(BatchShape batch) {
        return (double) batch.rows()
                * batch.keyPairs()
                * config.heads()
                * config.layers()
                * (0.5 + 0.5 * config.headSize() / HEAD_SIZE);
    }

    /** Everything from the first batch of the reference to the last update. */
    Amounts run(PlannedWork plan) {
        Amounts epoch = Amounts.none();
        Amounts reference = Amounts.none();
        for (BatchShape batch : plan.epoch()) {
            epoch = epoch.plus(batch(batch, plan.scored()));
            reference = plan.reference() ? reference.plus(reference(batch)) : reference;
        }
        return epoch.times(plan.epochs() / plan.share())
                .plus(step().times(plan.steps()))
                .plus(reference.times(1 / plan.share()));
    }
}
