package dev.paddock.kit.paging;

import dev.paddock.catalogue.NearNames;
import dev.paddock.kit.problem.ProblemException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.SynthesizingMethodParameter;
import org.springframework.web.bind.annotation.RequestParam;

/** The query parameters of a list: its page and its filters. A misspelt filter would answer with everything. */
record ListParameters(Set<String> names) {
    private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

    /** Those of the controller method that has the parameter. */
    static ListParameters of(MethodParameter page) {
        Set<String> names = new LinkedHashSet<>(Set.of("cursor", "limit"));
        var method = Objects.requireNonNull(page.getMethod(), "lists are methods");
        for (int index = 0; index < method.getParameterCount(); index++) {
            MethodParameter parameter = new SynthesizingMethodParameter(method, index);
            parameter.initParameterNameDiscovery(NAMES);
            RequestParam filter = parameter.getParameterAnnotation(RequestParam.class);
            if (filter != null) {
                names.add(filter.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : filter.name());
            }
        }
        return new ListParameters(names);
    }

    void requireKnown(Iterator<String> asked) {
        asked.forEachRemaining(name -> {
            if (!names.contains(name)) {
                throw ProblemException.invalid(
                        "query parameter", name, "the list does not know it; " + NearNames.advice(name, names));
            }
        });
    }
}
