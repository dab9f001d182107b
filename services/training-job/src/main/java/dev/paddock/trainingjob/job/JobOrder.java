package dev.paddock.trainingjob.job;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.trainingjob.json.ObjectText;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A checked order as it is kept with its job. */
@Embeddable
public record JobOrder(
        String name,
        String method,
        String adapter,
        String objective,
        @Convert(converter = ObjectText.class) ObjectNode parameters,
        long seed,
        UUID baseVersionId,
        String baseDigest,
        UUID datasetVersionId,
        String datasetDigest) {
    static JobOrder of(TrainingOrder order) {
        return new JobOrder(
                order.name(),
                order.method(),
                order.adapter(),
                order.objective(),
                (ObjectNode) order.parameters(),
                order.seed(),
                order.baseVersionId(),
                order.baseDigest(),
                order.datasetVersionId(),
                order.datasetDigest());
    }

    /** The order as workers get it. */
    public TrainingOrder contract() {
        return new TrainingOrder(
                name,
                method,
                adapter,
                objective,
                parameters,
                seed,
                baseVersionId,
                baseDigest,
                datasetVersionId,
                datasetDigest);
    }
}
