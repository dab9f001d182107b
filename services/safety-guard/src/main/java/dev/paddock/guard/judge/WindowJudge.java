package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.guard.policy.PolicyVersion;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Scores windows by their first token and asks for the violated categories of those that are unsafe. */
@Component
class WindowJudge {
    /** Enough for every code of a taxonomy's longest usual list. */
    private static final int CATEGORY_TOKENS = 32;

    private final GuardWorker worker;
    private final WindowMemory memory;

    WindowJudge(GuardWorker worker, WindowMemory memory) {
        this.worker = worker;
        this.memory = memory;
    }

    /** One outcome for each prompt, in order. */
    List<WindowOutcome> outcomes(Case asked, List<String> prompts) {
        Map<String, WindowOutcome> known = new HashMap<>();
        prompts.forEach(prompt -> memory.recall(asked, prompt).ifPresent(outcome -> known.put(prompt, outcome)));
        List<String> open = prompts.stream()
                .distinct()
                .filter(prompt -> !known.containsKey(prompt))
                .toList();
        if (!open.isEmpty()) {
            known.putAll(asked(asked, open));
        }
        return prompts.stream().map(known::get).toList();
    }

    private Map<String, WindowOutcome> asked(Case asked, List<String> prompts) {
        List<Completion> first = worker.complete(
                asked.policy().tenant(),
                asked.guard().reference(),
                prompts,
                SamplingParameters.greedy(1),
                FirstToken.ALTERNATIVES);
        Map<String, WindowOutcome> outcomes = new HashMap<>();
        IntStream.range(0, prompts.size())
                .forEach(i -> outcomes.put(prompts.get(i), new WindowOutcome(FirstToken.score(first.get(i)), List.of())));
        addCategories(asked, outcomes);
        outcomes.forEach((prompt, outcome) -> memory.remember(asked, prompt, outcome));
        return outcomes;
    }

    private void addCategories(Case asked, Map<String, WindowOutcome> outcomes) {
        List<String> unsafe = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().score() >= asked.policy().threshold())
                .map(Map.Entry::getKey)
                .toList();
        if (unsafe.isEmpty()) {
            return;
        }
        List<Completion> second = worker.complete(
                asked.policy().tenant(),
                asked.guard().reference(),
                unsafe.stream()
                        .map(prompt -> prompt + GuardPrompt.UNSAFE + "\n")
                        .toList(),
                SamplingParameters.greedy(CATEGORY_TOKENS),
                null);
        for (int i = 0; i < unsafe.size(); i++) {
            List<String> codes = codes(second.get(i).text(), asked.policy());
            outcomes.computeIfPresent(
                    unsafe.get(i), (prompt, outcome) -> new WindowOutcome(outcome.score(), codes));
        }
    }

    /** The policy's own codes on the line; anything else that the model writes there is nothing. */
    private static List<String> codes(String text, PolicyVersion policy) {
        List<String> known =
                policy.categories().stream().map(GuardCategory::code).toList();
        String line = text.strip().lines().findFirst().orElse("");
        return Arrays.stream(line.split(",", -1))
                .map(String::strip)
                .filter(known::contains)
                .distinct()
                .toList();
    }
}
