package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.TextConstraint;
import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.kit.problem.FieldProblem;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.chat.ToolSyntax;
import dev.paddock.llama.constraint.ConstraintException;
import dev.paddock.llama.constraint.TokenConstraint;
import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.RegexParser;
import dev.paddock.llama.constraint.schema.SchemaReader;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ServingProblem;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a request's answers must be, over its base's vocabulary. */
final class AnswerLanguages {
    private static final String CONSTRAINT = "constraint";
    private static final String TOOLS = "tools";

    private AnswerLanguages() {}

    /** What a language of texts is known by. */
    private record TextLanguage(
            @Nullable String schema,
            @Nullable String regex,
            @Nullable List<String> choice) {}

    /** What a language of calls is known by. */
    private record ToolLanguage(ToolSyntax syntax, Object tools, ToolChoice choice) {}

    /** What a language of texts and calls is known by. */
    private record EitherLanguage(TextLanguage texts, ToolLanguage calls) {}

    /**
     * The language of a request's answers, which beside tools that may be called is that of texts and of a call; null for any text.
     *
     * @throws ProblemException where it cannot be kept, naming the place in the schema or expression
     */
    static @Nullable TokenConstraint of(CompletionRequest request, LoadedBase base) {
        TextConstraint constraint = request.constraint();
        ToolChoice choice = request.toolChoice() == null ? ToolChoice.AUTO : request.toolChoice();
        if (constraint == null && !choice.required()) {
            return null;
        }
        boolean mayCall = request.messages() != null && RequestTools.areIn(request);
        if (constraint != null && !mayCall) {
            return compiled(base, written(constraint), CONSTRAINT, () -> language(constraint));
        }
        RequestTools tools = RequestTools.of(request, base);
        ToolLanguage known = new ToolLanguage(tools.syntax(), String.valueOf(request.tools()), choice);
        Supplier<Term> call = () -> tools.syntax().call(tools.chosen(choice));
        if (constraint == null) {
            return compiled(base, known, TOOLS, call);
        }
        EitherLanguage either = new EitherLanguage(written(constraint), known);
        return compiled(base, either, CONSTRAINT, () -> Term.choice(List.of(language(constraint), named(TOOLS, call))));
    }

    /** As it is written: the order of a schema's members is that of the answer's, and nodes are equal in any order. */
    private static TextLanguage written(TextConstraint constraint) {
        String schema = constraint.schema() == null ? null : String.valueOf(constraint.schema());
        return new TextLanguage(schema, constraint.regex(), constraint.choice());
    }

    private static TokenConstraint compiled(LoadedBase base, Object key, String field, Supplier<Term> language) {
        return named(field, () -> base.generator().constraints().of(key, language));
    }

    /** What is wrong with a language is told as the field's fault. */
    private static <T> T named(String field, Supplier<T> language) {
        try {
            return language.get();
        } catch (ConstraintException e) {
            throw new ProblemException(
                    ServingProblem.UNSUPPORTED_CONSTRAINT,
                    String.valueOf(e.getMessage()),
                    List.of(new FieldProblem(field, null, String.valueOf(e.getMessage()))));
        }
    }

    private static Term language(TextConstraint constraint) {
        if (constraint.schema() != null) {
            return SchemaReader.read(constraint.schema());
        }
        if (constraint.regex() != null) {
            return Term.bytes(ByteAutomaton.of(RegexParser.whole(constraint.regex())));
        }
        List<String> choice = constraint.choice() == null ? List.of() : constraint.choice();
        return Term.choice(Term.texts(choice));
    }
}
