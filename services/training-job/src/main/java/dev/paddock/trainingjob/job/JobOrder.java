package dev.paddock.trainingjob.job;

import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.trainingjob.json.ObjectText;
import dev.paddock.trainingjob.json.SourcesText;
import jakarta.persistence.Convert;
import jakarta.persistence.Embeddable;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
        @Nullable UUID datasetVersionId,
        @Nullable String datasetDigest,
        @Convert(converter = SourcesText.class) @Nullable List<SourceVersion> sources) {
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
                order.datasetDigest(),
                order.sources());
    }

    /** The versions that it reads beside its base. */
    public List<SourceVersion> readVersions() {
        return sources == null ? List.of() : sources;
    }

    /** Whether it computes with versions, without a loss, instead of training. */
    boolean merges() {
        return !readVersions().isEmpty() && objective.equals("none");
    }

    /** The versions that training reads beside its base; null where it reads none. */
    @Nullable List<SourceVersion> trainedOver() {
        return merges() || readVersions().isEmpty() ? null : readVersions();
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
                datasetDigest,
                readVersions());
    }
}
