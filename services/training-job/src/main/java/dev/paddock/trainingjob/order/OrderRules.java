package dev.paddock.trainingjob.order;

import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.trainingjob.method.Composition;
import dev.paddock.trainingjob.method.Composition.Composed;
import dev.paddock.trainingjob.method.Method;
import dev.paddock.trainingjob.method.Methods;
import dev.paddock.trainingjob.source.Arrivals;
import dev.paddock.trainingjob.source.BaseVersion;
import dev.paddock.trainingjob.source.DatasetVersion;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request into an order that a worker can run, or refuses it with everything that is wrong with it. */
@Component
public class OrderRules {
    private static final String NAME = "[\\p{L}\\p{N}][\\p{L}\\p{N} ._:-]{0,99}";
    private static final long DEFAULT_SEED = 1;

    private final Methods methods;
    private final Composition composition;
    private final Arrivals arrivals;
    private final SourceRules sourceRules;

    OrderRules(Methods methods, Composition composition, Arrivals arrivals, SourceRules sourceRules) {
        this.methods = methods;
        this.composition = composition;
        this.arrivals = arrivals;
        this.sourceRules = sourceRules;
    }

    /** The order with presets and defaults resolved; throws a problem that lists every broken rule. */
    public TrainingOrder check(OrderRequest request, String tenant) {
        Faults faults = new Faults();
        String name = name(request, faults);
        long seed = seed(request, faults);
        Composed method = method(request, faults);
        ObjectNode parameters = parameters(request, method, faults);
        BaseVersion base = base(request, tenant, faults);
        DatasetVersion dataset = needsRows(request, method) ? dataset(request, tenant, faults) : null;
        List<SourceVersion> sources =
                sourceRules.check(request, method == null ? null : method.method(), base, tenant, faults);
        faults.raise();
        if (method == null || base == null) {
            throw new IllegalStateException("an order without faults is complete");
        }
        return new TrainingOrder(
                name,
                method.method().id(),
                method.adapter(),
                method.objective(),
                parameters,
                seed,
                base.id(),
                base.digest(),
                dataset == null ? null : dataset.id(),
                dataset == null ? null : dataset.digest(),
                sources);
    }

    /** Checks all of an order that does not depend on the rows, which a trigger learns only when it fires. */
    public void checkWithoutRows(OrderRequest request, String tenant) {
        Faults faults = new Faults();
        name(request, faults);
        seed(request, faults);
        Composed method = method(request, faults);
        parameters(request, method, faults);
        sourceRules.check(
                request, method == null ? null : method.method(), base(request, tenant, faults), tenant, faults);
        if (request.datasetVersionId() != null) {
            faults.add("datasetVersionId", request.datasetVersionId(), "is set by the trigger: leave it out");
        }
        faults.raise();
    }

    private static String name(OrderRequest request, Faults faults) {
        String name = request.name();
        if (name == null || !name.matches(NAME)) {
            faults.add(
                    "name", name, "must be 1 to 100 letters, digits, spaces or ._:- and begin with a letter or digit");
            return "";
        }
        return name;
    }

    private static long seed(OrderRequest request, Faults faults) {
        long seed = request.seed() == null ? DEFAULT_SEED : request.seed();
        if (seed < 0) {
            faults.add("seed", seed, "must be 0 or more");
        }
        return seed;
    }

    private @Nullable Composed method(OrderRequest request, Faults faults) {
        if (request.method() == null) {
            faults.add("method", null, "must name one of " + methods.ids());
            return null;
        }
        Method method;
        try {
            method = methods.named(request.method());
        } catch (UnknownEntryException e) {
            faults.add("method", request.method(), String.valueOf(e.getMessage()));
            return null;
        }
        try {
            return composition.of(method, request.adapter(), request.objective());
        } catch (UnknownEntryException e) {
            String field = e.id().equals(request.adapter()) ? "adapter" : "objective";
            faults.add(field, e.id(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static ObjectNode parameters(OrderRequest request, @Nullable Composed method, Faults faults) {
        ObjectNode given = request.params() == null ? JsonNodeFactory.instance.objectNode() : request.params();
        if (method == null) {
            return given;
        }
        try {
            return method.parameters().complete(given);
        } catch (InvalidParametersException e) {
            e.violations()
                    .forEach(violation -> faults.add(
                            new FieldProblem("params." + violation.field(), violation.value(), violation.rule())));
            return given;
        }
    }

    private @Nullable BaseVersion base(OrderRequest request, String tenant, Faults faults) {
        UUID id = request.baseVersionId();
        BaseVersion base = id == null ? null : arrivals.base(id, tenant).orElse(null);
        if (base == null) {
            faults.add(
                    "baseVersionId",
                    id,
                    "must be a base or a trained model that writes texts, see GET /api/v1/bases and"
                            + " GET /api/v1/versions?kind=MODEL");
        }
        return base;
    }

    /** Rows that are named are looked up, also where the method could do without. */
    private static boolean needsRows(OrderRequest request, @Nullable Composed method) {
        return method == null || method.method().inputs().rows() || request.datasetVersionId() != null;
    }

    private @Nullable DatasetVersion dataset(OrderRequest request, String tenant, Faults faults) {
        UUID id = request.datasetVersionId();
        DatasetVersion dataset =
                id == null ? null : arrivals.dataset(id, tenant).orElse(null);
        if (dataset == null) {
            faults.add("datasetVersionId", id, "must be a dataset version, see GET /api/v1/datasets/{id}/versions");
        } else if (dataset.deleted()) {
            faults.add("datasetVersionId", id, dataset + " was deleted: publish a new one");
        } else if (dataset.trainRows() == 0) {
            faults.add("datasetVersionId", id, dataset + " has no training rows: give it some");
        }
        return dataset;
    }
}
