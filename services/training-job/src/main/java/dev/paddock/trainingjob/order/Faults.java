package dev.paddock.trainingjob.order;

import static java.util.stream.Collectors.joining;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects broken rules, so that a caller sees all of them at once. */
public final class Faults {
    private final List<FieldProblem> problems = new ArrayList<>();

    public void add(String field, @Nullable Object value, String rule) {
        add(new FieldProblem(field, value, rule));
    }

    public void add(FieldProblem problem) {
        problems.add(problem);
    }

    /** Refuses the request if anything is wrong with it. */
    public void raise() {
        if (!problems.isEmpty()) {
            String detail = problems.stream()
                    .map(problem -> "%s is %s: %s".formatted(problem.field(), problem.value(), problem.rule()))
                    .collect(joining("; "));
            throw new ProblemException(CommonProblem.INVALID_REQUEST, detail, problems);
        }
    }
}
