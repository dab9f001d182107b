package dev.paddock.trainingjob.sweep;

import static java.util.Objects.requireNonNullElse;

import dev.paddock.contracts.lease.TrainingOrder;
import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.trainingjob.method.Method;
import dev.paddock.trainingjob.method.Methods;
import dev.paddock.trainingjob.order.Faults;
import dev.paddock.trainingjob.order.OrderRequest;
import dev.paddock.trainingjob.order.OrderRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Turns a request into a sweep whose every trial is an order that a worker can run, or refuses it. */
@Component
class SweepRules {
    private static final double LATEST_EARLY = 0.5;
    private static final double GREATEST_FACTOR = 1000;

    private final OrderRules orders;
    private final Methods methods;

    SweepRules(OrderRules orders, Methods methods) {
        this.orders = orders;
        this.methods = methods;
    }

    /** The sweep with its trials; throws a problem that lists the broken rules, each under the field that the caller wrote. */
    SweepPlan check(SweepRequest request, String tenant) {
        Faults faults = new Faults();
        OrderRequest order = request.order();
        SweepRequest.Search asked = request.search();
        if (order == null || asked == null) {
            faults.add(order == null ? "order" : "search", null, "is required");
            faults.raise();
            throw new IllegalStateException("a fault is raised");
        }
        fixed(order, asked, faults);
        EarlyStop earlyStop = earlyStop(request.earlyStop(), faults);
        Optional<ObjectNode> schema = Optional.ofNullable(order.method())
                .flatMap(methods::findById)
                .map(Method::parameters)
                .map(parameters -> parameters.json());
        SearchRules.Checked checked = new SearchRules(
                        asked, name -> schema.filter(one -> isWhole(one, name)).isPresent(), faults)
                .check();
        List<SweepPlan.Planned> trials = trials(order, checked, tenant);
        return new SweepPlan(
                order, checked.search(), earlyStop, GateView.of(SweepPlan.gates(checked.search(), earlyStop)), trials);
    }

    private static void fixed(OrderRequest order, SweepRequest.Search asked, Faults faults) {
        if (order.dryRun() != null) {
            faults.add("order.dryRun", order.dryRun(), "is not for a trial: put it beside the order");
        }
        ObjectNode params = order.params();
        if (params != null && asked.space() != null) {
            asked.space().keySet().stream()
                    .filter(params::has)
                    .forEach(name -> faults.add(
                            "search.space." + name, params.get(name), "is fixed in order.params: leave it out of one"));
        }
    }

    private static EarlyStop earlyStop(SweepRequest.@Nullable Early asked, Faults faults) {
        if (asked == null) {
            return EarlyStop.DEFAULT;
        }
        EarlyStop rule = new EarlyStop(
                !Boolean.FALSE.equals(asked.enabled()),
                requireNonNullElse(asked.share(), EarlyStop.DEFAULT.share()),
                requireNonNullElse(asked.gradientNormFactor(), EarlyStop.DEFAULT.gradientNormFactor()),
                requireNonNullElse(asked.minimumTrials(), EarlyStop.DEFAULT.minimumTrials()));
        if (!(rule.share() > 0 && rule.share() <= LATEST_EARLY)) {
            faults.add("earlyStop.share", rule.share(), "must be above 0 and at most " + LATEST_EARLY);
        }
        if (!(rule.gradientNormFactor() >= 1 && rule.gradientNormFactor() <= GREATEST_FACTOR)) {
            faults.add("earlyStop.gradientNormFactor", rule.gradientNormFactor(), "must be from 1 to 1000");
        }
        if (rule.minimumTrials() < 2 || rule.minimumTrials() > SearchRules.MOST_TRIALS) {
            faults.add("earlyStop.minimumTrials", rule.minimumTrials(), "must be from 2 to " + SearchRules.MOST_TRIALS);
        }
        return rule;
    }

    /** Whether a schema's parameter is a whole number, or one that may be null. */
    private static boolean isWhole(ObjectNode schema, String name) {
        JsonNode property = schema.path("properties").path(name);
        return property.findValuesAsString("type").contains("integer");
    }

    private List<SweepPlan.Planned> trials(OrderRequest order, SearchRules.Checked checked, String tenant) {
        Set<String> searched = checked.search().space().keySet();
        Map<String, FieldProblem> problems = new LinkedHashMap<>();
        List<SweepPlan.Planned> trials = new ArrayList<>();
        for (ObjectNode choice : checked.choices()) {
            ObjectNode params = requireNonNullElse(order.params(), JsonNodeFactory.instance.objectNode())
                    .deepCopy();
            params.setAll(choice);
            try {
                TrainingOrder one = orders.check(order.with(params), tenant);
                trials.add(new SweepPlan.Planned(trials.size() + 1, choice, one));
            } catch (ProblemException e) {
                if (!OrderProblems.take(e, searched, problems)) {
                    break;
                }
            }
        }
        Faults faults = new Faults();
        problems.values().forEach(faults::add);
        faults.raise();
        return trials;
    }
}
