package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.CompletionRequest;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.contracts.inference.TextConstraint;
import dev.paddock.contracts.inference.ToolChoice;
import dev.paddock.kit.problem.ProblemException;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Bounds of a completion request. */
final class RequestRules {
    private static final int MOST_ANSWERS = 128;
    private static final int MOST_STOPS = 16;
    private static final int LONGEST_STOP = 256;
    private static final int MOST_ALTERNATIVES = 20;
    private static final int MOST_CHOICES = 1000;
    private static final int MOST_CHARACTERS = 64_000;

    private RequestRules() {}

    static void check(CompletionRequest request) {
        require("model", request.model(), request.model() != null, "name a base by digest");
        require("sampling", request.sampling(), request.sampling() != null, "give at least an empty object");
        Integer logprobs = request.logprobs();
        require(
                "logprobs",
                logprobs,
                logprobs == null || within(logprobs, 0, MOST_ALTERNATIVES),
                "0 to 20, or left out");
        check(request.sampling());
        checkConstraint(request);
        BeamRules.check(request);
    }

    private static void checkConstraint(CompletionRequest request) {
        ToolChoice choice = request.toolChoice();
        boolean calls = choice != null && choice.required();
        require("toolChoice", choice, !calls || RequestTools.areIn(request), "tools must be given to be called");
        TextConstraint constraint = request.constraint();
        require(
                "constraint",
                constraint,
                constraint == null || !calls,
                "an answer that must be a call has no other form");
        List<String> stop = request.sampling().stop() == null
                ? List.of()
                : request.sampling().stop();
        require(
                "stop",
                stop,
                stop.isEmpty() || (constraint == null && !calls),
                "none beside a form of the answer, which it would cut");
        requireShort("constraint", constraint);
        requireShort("tools", calls || constraint != null ? request.tools() : null);
        if (constraint != null) {
            long given = Stream.of(constraint.schema(), constraint.regex(), constraint.choice())
                    .filter(Objects::nonNull)
                    .count();
            List<String> texts = constraint.choice() == null ? List.of("any") : constraint.choice();
            boolean listed = within(texts.size(), 1, MOST_CHOICES)
                    && texts.stream().allMatch(text -> text != null && !text.isEmpty());
            require(
                    "constraint",
                    constraint,
                    given == 1 && listed,
                    "one of schema, regex and choice (1 to 1000 texts)");
        }
    }

    static List<String> prompts(CompletionRequest request) {
        List<String> prompts = request.prompts();
        int count = prompts == null ? 0 : prompts.size();
        boolean given = within(count, 1, CompletionRequest.MOST_PROMPTS) && request.messages() == null;
        require("prompts", count, given, "1 to " + CompletionRequest.MOST_PROMPTS + " prompts and no messages");
        List<Integer> scoredFrom = request.scoredFrom();
        require(
                "scoredFrom",
                scoredFrom,
                scoredFrom == null
                        || (scoredFrom.size() == count
                                && scoredFrom.stream().allMatch(character -> character != null && character >= 0)),
                "one character position, 0 or more, for each prompt");
        return prompts == null ? List.of() : prompts;
    }

    /** For each prompt where its control tokens' texts are ordinary. */
    static List<List<Integer>> data(CompletionRequest request, List<String> prompts) {
        List<List<Integer>> data = request.data();
        if (data == null) {
            return Collections.nCopies(prompts.size(), List.of());
        }
        require("data", data.size(), data.size() == prompts.size(), "one list of character positions for each prompt");
        for (int i = 0; i < prompts.size(); i++) {
            int characters = prompts.get(i).codePointCount(0, prompts.get(i).length());
            require(
                    "data",
                    data.get(i),
                    data.get(i) != null
                            && data.get(i).stream().allMatch(at -> at != null && within(at, 0, characters - 1)),
                    "positions within the prompt");
        }
        return data;
    }

    private static void check(SamplingParameters sampling) {
        require("n", sampling.n(), sampling.n() == null || within(sampling.n(), 1, MOST_ANSWERS), "1 to 128");
        Integer maxTokens = sampling.maxTokens();
        require("maxTokens", maxTokens, maxTokens == null || maxTokens >= 0, "0 or more");
        List<String> stop = sampling.stop() == null ? List.of() : sampling.stop();
        require("stop", stop.size(), stop.size() <= MOST_STOPS, "at most 16 strings");
        stop.forEach(string -> require(
                "stop",
                string,
                string != null && within(string.length(), 1, LONGEST_STOP),
                "1 to 256 characters each"));
    }

    private static boolean within(int value, int least, int most) {
        return value >= least && value <= most;
    }

    /** What answers are held to is read in time and kept. */
    private static void requireShort(String field, @Nullable Object value) {
        int size = String.valueOf(value).length();
        require(field, size + " characters", size <= MOST_CHARACTERS, "at most 64000");
    }

    static void require(String field, @Nullable Object value, boolean holds, String rule) {
        if (!holds) {
            throw ProblemException.invalid(field, value, rule);
        }
    }
}
