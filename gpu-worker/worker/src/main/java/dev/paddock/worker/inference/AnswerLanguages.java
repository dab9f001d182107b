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
    private AnswerLanguages() {}

    /** What a language of texts is known by. */
    private record TextLanguage(
            @Nullable String schema,
            @Nullable String regex,
            @Nullable List<String> choice) {}

    /** What a language of calls is known by. */
    private record ToolLanguage(ToolSyntax syntax, Object tools, ToolChoice choice) {}

    /**
     * The language of a request's answers; null for any text.
     *
     * @throws ProblemException where it cannot be kept, naming the place in the schema or expression
     */
    static @Nullable TokenConstraint of(CompletionRequest request, LoadedBase base) {
        TextConstraint constraint = request.constraint();
        if (constraint != null) {
            return compiled(base, written(constraint), "constraint", () -> language(constraint));
        }
        ToolChoice choice = request.toolChoice();
        if (choice == null || !choice.required()) {
            return null;
        }
        RequestTools tools = RequestTools.of(request, base);
        return compiled(
                base,
                new ToolLanguage(tools.syntax(), String.valueOf(request.tools()), choice),
                "tools",
                () -> tools.syntax().call(tools.chosen(choice)));
    }

    /** As it is written: the order of a schema's members is that of the answer's, and nodes are equal in any order. */
    private static TextLanguage written(TextConstraint constraint) {
        String schema = constraint.schema() == null ? null : String.valueOf(constraint.schema());
        return new TextLanguage(schema, constraint.regex(), constraint.choice());
    }

    private static TokenConstraint compiled(LoadedBase base, Object key, String field, Supplier<Term> language) {
        try {
            return base.generator().constraints().of(key, language);
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
