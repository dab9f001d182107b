package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.TokenLogprob;
import dev.paddock.guard.GuardProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The probability of unsafe from the first token's alternatives, P(unsafe) / (P(safe) + P(unsafe)), as Llama Guard scores
 * (Inan et al., 2023, section 4.2). A word may be split by the tokenizer, so every beginning of it counts.
 */
final class FirstToken {
    /** How many alternatives to ask for. */
    static final int ALTERNATIVES = 20;

    /** Below this probability of either word together the model answers something else, which is no verdict. */
    private static final double LEAST_MASS = 0.5;

    private FirstToken() {}

    /** In 0 to 1. */
    static double score(Completion completion) {
        if (completion.logprobs() == null || completion.logprobs().isEmpty()) {
            throw noVerdict("the worker sent no log-probabilities");
        }
        Map<String, Double> alternatives = alternatives(completion.logprobs().get(0));
        double safe = mass(alternatives, GuardPrompt.SAFE.strip());
        double unsafe = mass(alternatives, GuardPrompt.UNSAFE.strip());
        double either = safe + unsafe;
        if (!(either >= LEAST_MASS) || either > 1.01) {
            throw noVerdict("the guard's first token says safe with %.3f and unsafe with %.3f".formatted(safe, unsafe));
        }
        return unsafe / either;
    }

    private static Map<String, Double> alternatives(TokenLogprob token) {
        Map<String, Double> alternatives = new HashMap<>(token.top());
        if (token.logprob() != null) {
            alternatives.putIfAbsent(token.token(), token.logprob());
        }
        return alternatives;
    }

    private static double mass(Map<String, Double> alternatives, String word) {
        return alternatives.entrySet().stream()
                .filter(entry -> begins(word, entry.getKey()))
                .mapToDouble(entry -> Math.exp(entry.getValue()))
                .sum();
    }

    private static boolean begins(String word, String token) {
        String letters = token.strip().toLowerCase(Locale.ROOT);
        return !letters.isEmpty() && word.startsWith(letters);
    }

    private static ProblemException noVerdict(String why) {
        return new ProblemException(GuardProblem.NO_VERDICT, why);
    }
}
