package dev.paddock.kit.problem;

/** A kind of error; each service lists its own as an enum, {@link CommonProblem} has those of all. */
public interface ProblemCode {
    /** Kebab-case, for example {@code no-guard-model}; people script against it. */
    default String code() {
        return toString().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    String title();

    ProblemCategory category();

    default int status() {
        return category().status();
    }
}
