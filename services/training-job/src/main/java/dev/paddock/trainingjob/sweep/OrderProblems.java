package dev.paddock.trainingjob.sweep;

import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.Map;
import java.util.Set;

/** Names what is wrong with a trial's order by the fields of the sweep. */
final class OrderProblems {
    private static final String PARAMS = "params.";
    private static final String NAME_END = "[.\\[]";

    private OrderProblems() {}

    /** Adds the problems of one trial, each rule of a field once; false when some would be those of every trial. */
    static boolean take(ProblemException refused, Set<String> searched, Map<String, FieldProblem> problems) {
        if (refused.errors().isEmpty()) {
            throw refused;
        }
        boolean own = true;
        for (Object error : refused.errors()) {
            if (!(error instanceof FieldProblem problem)) {
                throw refused;
            }
            boolean search = isSearched(problem.field(), searched);
            String field =
                    search ? "search.space." + problem.field().substring(PARAMS.length()) : "order." + problem.field();
            problems.putIfAbsent(
                    field + " " + problem.rule(), new FieldProblem(field, problem.value(), problem.rule()));
            own &= search;
        }
        return own;
    }

    private static boolean isSearched(String field, Set<String> searched) {
        return field.startsWith(PARAMS)
                && searched.contains(field.substring(PARAMS.length()).split(NAME_END, 2)[0]);
    }
}
