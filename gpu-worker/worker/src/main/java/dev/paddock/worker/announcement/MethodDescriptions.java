package dev.paddock.worker.announcement;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.util.List;
import org.springframework.stereotype.Component;

/** The catalogue's training methods as services and the portal learn them; none of a worker that does not train. */
@Component
class MethodDescriptions {
    private final WorkerProperties properties;

    MethodDescriptions(WorkerProperties properties) {
        this.properties = properties;
    }

    List<MethodDescription> all() {
        if (!properties.roles().contains(WorkerRole.TRAINING)) {
            return List.of();
        }
        return Catalogue.load(TrainingMethod.class).items().stream()
                .map(MethodDescriptions::describe)
                .toList();
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static MethodDescription describe(Item<TrainingMethod> item) {
        return new MethodDescription(
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                item.implementation().adapter(),
                item.implementation().objective(),
                item.parameters().schema().json());
    }
}
