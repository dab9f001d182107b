package dev.paddock.worker.announcement;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.contracts.event.MethodPart;
import dev.paddock.methods.merging.MergingMethod;
import dev.paddock.methods.merging.RowUse;
import dev.paddock.methods.training.SourceRule;
import dev.paddock.methods.training.TrainingCatalogue;
import dev.paddock.methods.training.TrainingMethod;
import dev.paddock.worker.WorkerProperties;
import dev.paddock.worker.WorkerRole;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The catalogue's training and merging methods as services and the portal learn them; none of a worker that does not train. */
@Component
@SuppressWarnings("rawtypes") // a catalogue is loaded by a class literal, which has no type arguments
class MethodDescriptions {
    private final WorkerProperties properties;

    MethodDescriptions(WorkerProperties properties) {
        this.properties = properties;
    }

    private boolean trains() {
        return properties.roles().contains(WorkerRole.TRAINING);
    }

    List<MethodDescription> all() {
        TrainingCatalogue catalogue = TrainingCatalogue.load();
        return trains()
                ? Stream.concat(
                                catalogue.methods().items().stream().map(item -> training(item, catalogue)),
                                Catalogue.load(MergingMethod.class).items().stream()
                                        .map(MethodDescriptions::merging))
                        .toList()
                : List.of();
    }

    private static MethodDescription training(Item<TrainingMethod> item, TrainingCatalogue catalogue) {
        TrainingMethod<?> method = item.implementation();
        return new MethodDescription(
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                method.adapter(),
                method.objective(),
                catalogue.preset(item.id()).schema().json(),
                item.parameters().schema().json(),
                catalogue.adaptersOf(method),
                catalogue.objectivesOf(method),
                inputs(true, method.sources()),
                item.example());
    }

    private static MethodInputs inputs(boolean rows, SourceRule sources) {
        return new MethodInputs(
                rows, sources.fewest(), sources.most(), sources.roles(), sources.adapters() ? true : null);
    }

    /** It trains nothing and has no loss. */
    private static MethodDescription merging(Item<MergingMethod> item) {
        boolean rows = item.implementation().rows() == RowUse.REQUIRED;
        return new MethodDescription(
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                TrainingMethod.NONE,
                TrainingMethod.NONE,
                item.parameters().schema().json(),
                null,
                null,
                null,
                inputs(rows, item.implementation().sources()),
                item.example());
    }

    /** Adapters and objectives that orders may choose. */
    List<MethodPart> parts() {
        TrainingCatalogue catalogue = TrainingCatalogue.load();
        return trains()
                ? Stream.concat(
                                catalogue.adapters().items().stream().map(item -> part(MethodPart.ADAPTER, item)),
                                catalogue.objectives().items().stream().map(item -> part(MethodPart.OBJECTIVE, item)))
                        .toList()
                : List.of();
    }

    private static MethodPart part(String kind, Item<?> item) {
        return new MethodPart(
                kind,
                item.id(),
                item.family(),
                item.summary(),
                item.paper(),
                item.parameters().schema().json());
    }
}
