package dev.paddock.trainingjob.order;

import dev.paddock.contracts.event.MethodInputs;
import dev.paddock.contracts.event.SourceVersion;
import dev.paddock.trainingjob.method.Method;
import dev.paddock.trainingjob.source.Ancestry;
import dev.paddock.trainingjob.source.Arrivals;
import dev.paddock.trainingjob.source.BaseVersion;
import dev.paddock.trainingjob.source.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds the versions that an order reads beside its base, with their digests, and says what is wrong with them. */
@Component
class SourceRules {
    private static final double LARGEST_WEIGHT = 1_000;

    private final Arrivals arrivals;
    private final Ancestry ancestry;

    SourceRules(Arrivals arrivals, Ancestry ancestry) {
        this.arrivals = arrivals;
        this.ancestry = ancestry;
    }

    /** The sources in the order's order; empty where the method takes none. */
    List<SourceVersion> check(
            OrderRequest request, @Nullable Method method, @Nullable BaseVersion base, String tenant, Faults faults) {
        List<SourceRequest> asked = request.sources() == null ? List.of() : request.sources();
        if (method == null) {
            return List.of();
        }
        MethodInputs inputs = method.inputs();
        if (asked.size() < inputs.fewestSources() || asked.size() > inputs.mostSources()) {
            faults.add("sources", asked.size() + " versions", number(method.id(), inputs));
            return List.of();
        }
        roles(asked, inputs, faults);
        List<SourceVersion> found = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            SourceRequest one = asked.get(i);
            weight(one, inputs, "sources[%d].weight".formatted(i), faults);
            version(one, inputs, base, tenant, "sources[%d].versionId".formatted(i), faults)
                    .map(source -> resolved(source, one))
                    .ifPresent(found::add);
        }
        if (new HashSet<>(found.stream().map(SourceVersion::versionId).toList()).size() < found.size()) {
            faults.add("sources", request.sources(), "must not name a version twice: give it a larger weight");
        }
        return found;
    }

    private static String number(String method, MethodInputs inputs) {
        if (inputs.mostSources() == 0) {
            return method + " reads no other versions: leave sources out";
        }
        return inputs.fewestSources() == inputs.mostSources()
                ? "%s reads exactly %d other versions".formatted(method, inputs.mostSources())
                : "%s reads %d to %d other versions".formatted(method, inputs.fewestSources(), inputs.mostSources());
    }

    private static void roles(List<SourceRequest> asked, MethodInputs inputs, Faults faults) {
        List<String> given =
                asked.stream().map(SourceRequest::role).filter(Objects::nonNull).toList();
        if (inputs.roles().isEmpty() && !given.isEmpty()) {
            faults.add("sources.role", given, "the method tells its sources apart by weight alone: leave role out");
        } else if (!inputs.roles().isEmpty()
                && !(given.size() == asked.size() && Set.copyOf(given).equals(Set.copyOf(inputs.roles())))) {
            faults.add("sources.role", given, "must be each of " + inputs.roles() + " once");
        }
    }

    private static void weight(SourceRequest one, MethodInputs inputs, String field, Faults faults) {
        Double weight = one.weight();
        if (weight != null && takesAdapters(inputs)) {
            faults.add(field, weight, "the method weighs adapters by itself: leave weight out");
        } else if (weight != null && !inputs.roles().isEmpty()) {
            faults.add(field, weight, "the method tells its sources apart by role alone: leave weight out");
        } else if (weight != null && !(Math.abs(weight) <= LARGEST_WEIGHT)) {
            faults.add(field, weight, "must be from -1000 to 1000");
        }
    }

    private Optional<Source> version(
            SourceRequest one,
            MethodInputs inputs,
            @Nullable BaseVersion base,
            String tenant,
            String field,
            Faults faults) {
        Optional<Source> found = one.versionId() == null ? Optional.empty() : arrivals.source(one.versionId(), tenant);
        if (found.isEmpty()) {
            faults.add(
                    field,
                    one.versionId(),
                    "must be a base, model or adapter that writes texts, see GET /api/v1/versions");
        }
        if (takesAdapters(inputs)) {
            found.filter(source -> base != null
                            && !(source.kind().equals("ADAPTER")
                                    && source.whole().equals(base.id())))
                    .ifPresent(source -> faults.add(
                            field,
                            one.versionId(),
                            "is of kind %s on %s; the method reads adapters of the order's baseVersionId alone"
                                    .formatted(source.kind(), source.whole())));
            return found;
        }
        found.filter(source -> base != null && !goesWith(source, base, tenant))
                .ifPresent(source -> faults.add(
                        field,
                        one.versionId(),
                        "was made from base %s and not from the order's baseVersionId: name that base, or another source"
                                .formatted(source.whole())));
        return found;
    }

    private static boolean takesAdapters(MethodInputs inputs) {
        return Boolean.TRUE.equals(inputs.adapters());
    }

    /** Imports have no recorded origin: whether their weights have the base's shapes is seen when they are read. */
    private boolean goesWith(Source source, BaseVersion base, String tenant) {
        return source.kind().equals("BASE")
                || ancestry.of(source.whole(), tenant).contains(base.id());
    }

    private static SourceVersion resolved(Source source, SourceRequest asked) {
        double weight = asked.weight() == null ? 1 : asked.weight();
        return new SourceVersion(
                source.id(), source.kind(), source.digest(), source.baseDigest(), asked.role(), weight);
    }
}
