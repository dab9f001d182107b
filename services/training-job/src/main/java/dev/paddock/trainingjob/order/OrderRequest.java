package dev.paddock.trainingjob.order;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an engineer asks for.
 *
 * @param name a name for people
 * @param method a method as announced by workers
 * @param adapter what is trained; the method's own when absent
 * @param objective the loss; the method's own when absent
 * @param params parameters of the method; defaults where absent
 * @param baseVersionId the base model
 * @param datasetVersionId the rows; absent in the order of a trigger, and where the method needs none
 * @param sources versions that the method reads beside its base; absent where it reads none
 * @param seed of every random choice; 1 when absent
 * @param dryRun only check the order
 */
public record OrderRequest(
        @Nullable String name,
        @Nullable String method,
        @Nullable String adapter,
        @Nullable String objective,
        @Nullable ObjectNode params,
        @Nullable UUID baseVersionId,
        @Nullable UUID datasetVersionId,
        @Nullable List<SourceRequest> sources,
        @Nullable Long seed,
        @Nullable Boolean dryRun) {
    /** The same order with other parameters. */
    public OrderRequest with(ObjectNode others) {
        return new OrderRequest(
                name, method, adapter, objective, others, baseVersionId, datasetVersionId, sources, seed, dryRun);
    }

    /** The same order for a dataset version. */
    public OrderRequest on(UUID version) {
        return new OrderRequest(
                name, method, adapter, objective, params, baseVersionId, version, sources, seed, dryRun);
    }
}
