package dev.paddock.methods.training;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.ParameterSchema;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.methods.adapter.TrainingAdapter;
import dev.paddock.methods.objective.TrainingObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Methods, adapters and objectives, and what an order makes of one of each. The parameters of all three stand side by side in an
 * order.
 */
@SuppressWarnings({"rawtypes", "unchecked"}) // class literals have no type arguments; the catalogue checked Params
public final class TrainingCatalogue {
    private final Catalogue<TrainingMethod> methods;
    private final Catalogue<TrainingAdapter> adapters;
    private final Catalogue<TrainingObjective> objectives;

    private TrainingCatalogue(ClassLoader loader) {
        methods = Catalogue.load(TrainingMethod.class, loader);
        adapters = Catalogue.load(TrainingAdapter.class, loader);
        objectives = Catalogue.load(TrainingObjective.class, loader);
    }

    /** What is on the class path. */
    public static TrainingCatalogue load() {
        return load(TrainingCatalogue.class.getClassLoader());
    }

    /** What the loader sees. */
    public static TrainingCatalogue load(ClassLoader loader) {
        return new TrainingCatalogue(loader);
    }

    public Catalogue<TrainingMethod> methods() {
        return methods;
    }

    public Catalogue<TrainingAdapter> adapters() {
        return adapters;
    }

    public Catalogue<TrainingObjective> objectives() {
        return objectives;
    }

    /** Adapters that an order for a method may name. */
    public List<String> adaptersOf(TrainingMethod<?> method) {
        return allowed(adapters, item -> method.allowsAdapter(item.id()));
    }

    /** Objectives that an order for a method may name. */
    public List<String> objectivesOf(TrainingMethod<?> method) {
        return allowed(objectives, item -> method.allowsObjective(item.id(), item.family()));
    }

    private static <T> List<String> allowed(Catalogue<T> catalogue, Predicate<Item<T>> rule) {
        return catalogue.items().stream().filter(rule).map(Item::id).toList();
    }

    /**
     * A method with an adapter and an objective.
     *
     * @throws UnknownEntryException with near names for one that there is not, or that the method does not allow
     */
    public Composed compose(String method, String adapter, String objective) {
        Item<TrainingMethod> item = methods.get(method);
        return new Composed(
                item,
                part(adapters, adapter, adaptersOf(item.implementation())),
                part(objectives, objective, objectivesOf(item.implementation())));
    }

    /** A method as it presets its parts. */
    public Composed preset(String method) {
        TrainingMethod<?> implementation = methods.get(method).implementation();
        return compose(method, implementation.adapter(), implementation.objective());
    }

    private static <T> List<Item<T>> part(Catalogue<T> catalogue, String id, List<String> allowed) {
        if (id.equals(TrainingMethod.NONE) && allowed.isEmpty()) {
            return List.of();
        }
        if (!allowed.contains(id)) {
            throw new UnknownEntryException(catalogue.kind(), id, allowed);
        }
        return List.of(catalogue.get(id));
    }

    /** A method with its parts; each list has one entry, or none for a method that takes none. */
    public record Composed(
            Item<TrainingMethod> method, List<Item<TrainingAdapter>> adapter, List<Item<TrainingObjective>> objective) {
        /** Schema of the parameters of all three. */
        public ParameterSchema schema() {
            List<ParameterSchema> schemas = new ArrayList<>();
            schemas.add(method.parameters().schema());
            adapter.forEach(item -> schemas.add(item.parameters().schema()));
            objective.forEach(item -> schemas.add(item.parameters().schema()));
            return ParameterSchema.join(schemas);
        }

        /**
         * Trains with an order's parameters.
         *
         * @throws dev.paddock.catalogue.InvalidParametersException naming every broken rule
         */
        public void train(ObjectNode params, TrainingInput input, TrainingObserver observer) {
            ObjectNode complete = schema().complete(params);
            Choice choice = choice(complete);
            method.implementation().train(bind(method, complete), choice, input, observer);
        }

        /**
         * What {@link #train} would compute of the same input; empty for a method that does not tell.
         *
         * @throws dev.paddock.catalogue.InvalidParametersException naming every broken rule
         */
        public Optional<RunPlan> plan(ObjectNode params, TrainingInput input) {
            ObjectNode complete = schema().complete(params);
            return method.implementation().plan(bind(method, complete), choice(complete), input);
        }

        private Choice choice(ObjectNode complete) {
            if (objective.isEmpty()) {
                return Choice.NONE;
            }
            Item<TrainingObjective> loss = objective.get(0);
            Record lossParams = bind(loss, complete);
            if (adapter.isEmpty()) {
                return new Choice(
                        Choice.NONE.adaptation(),
                        Choice.NONE.options(),
                        input -> loss.implementation().lessons(lossParams, input),
                        lossParams);
            }
            TrainingAdapter trained = adapter.get(0).implementation();
            Record adapterParams = bind(adapter.get(0), complete);
            return new Choice(
                    trained.adaptation(adapterParams),
                    options -> trained.options(adapterParams, options),
                    input -> loss.implementation().lessons(lossParams, input),
                    lossParams);
        }

        private static Record bind(Item<?> item, ObjectNode complete) {
            return item.parameters().bind(item.parameters().schema().only(complete));
        }
    }
}
