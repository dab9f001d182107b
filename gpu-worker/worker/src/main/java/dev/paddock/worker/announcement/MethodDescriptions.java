package dev.paddock.worker.announcement;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.SourceRule;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The catalogue's training and merging methods as services and the portal learn them; none of a worker that does not train. */
@Component
class MethodDescriptions {
    private static final String NONE = "none";
    private final WorkerProperties properties;

    MethodDescriptions(WorkerProperties properties) {
        this.properties = properties;
    }

    List<MethodDescription> all() {
        if (!properties.roles().contains(WorkerRole.TRAINING)) {
            return List.of();
        }
        return Stream.concat(
                        Catalogue.load(TrainingMethod.class).items().stream().map(MethodDescriptions::training),
                        Catalogue.load(MergingMethod.class).items().stream().map(MethodDescriptions::merging))
                .toList();
    }

    @SuppressWarnings("rawtypes") // a class literal has no type arguments
    private static MethodDescription training(Item<TrainingMethod> item) {
        return new MethodDescription(
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                item.implementation().adapter(),
                item.implementation().objective(),
                item.parameters().schema().json(),
                MethodInputs.ROWS);
    }

    /** It trains nothing and has no loss. */
    @SuppressWarnings("rawtypes")
    private static MethodDescription merging(Item<MergingMethod> item) {
        SourceRule sources = item.implementation().sources();
        return new MethodDescription(
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                NONE,
                NONE,
                item.parameters().schema().json(),
                new MethodInputs(false, sources.fewest(), sources.most(), sources.roles()));
    }
}
