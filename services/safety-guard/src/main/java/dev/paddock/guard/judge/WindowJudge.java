package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.Completion;
import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.guard.GuardSettings;
import dev.paddock.guard.policy.PolicyVersion;
import java.time.Instant;
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
    private final GuardSettings settings;

    WindowJudge(GuardWorker worker, WindowMemory memory, GuardSettings settings) {
        this.worker = worker;
        this.memory = memory;
        this.settings = settings;
    }

    /**
     * One outcome for each prompt, in order. Each batch is remembered as it comes, so that a conversation for which the time was
     * too short is further on when it is asked about again.
     */
    List<WindowOutcome> outcomes(Case asked, List<String> prompts, Instant deadline) {
        Map<String, WindowOutcome> known = new HashMap<>();
        prompts.forEach(prompt -> memory.recall(asked, prompt).ifPresent(outcome -> known.put(prompt, outcome)));
        List<String> open = prompts.stream()
                .distinct()
                .filter(prompt -> !known.containsKey(prompt))
                .toList();
        for (int start = 0; start < open.size(); start += settings.promptsPerRequest()) {
            List<String> batch = open.subList(start, Math.min(open.size(), start + settings.promptsPerRequest()));
            Map<String, WindowOutcome> told = ask(asked, batch, deadline);
            told.forEach((prompt, outcome) -> memory.remember(asked, prompt, outcome));
            known.putAll(told);
        }
        return prompts.stream().map(known::get).toList();
    }

    private Map<String, WindowOutcome> ask(Case asked, List<String> prompts, Instant deadline) {
        List<Completion> first =
                worker.complete(asked, prompts, SamplingParameters.greedy(1), FirstToken.ALTERNATIVES, deadline);
        Map<String, WindowOutcome> outcomes = new HashMap<>();
        IntStream.range(0, prompts.size())
                .forEach(i ->
                        outcomes.put(prompts.get(i), new WindowOutcome(FirstToken.score(first.get(i)), List.of())));
        addCategories(asked, outcomes, deadline);
        return outcomes;
    }

    private void addCategories(Case asked, Map<String, WindowOutcome> outcomes, Instant deadline) {
        List<String> unsafe = outcomes.entrySet().stream()
                .filter(entry -> entry.getValue().score() >= asked.policy().threshold())
                .map(Map.Entry::getKey)
                .toList();
        if (unsafe.isEmpty()) {
            return;
        }
        List<Completion> second = worker.complete(
                asked,
                unsafe.stream()
                        .map(prompt -> prompt + GuardPrompt.UNSAFE + "\n")
                        .toList(),
                SamplingParameters.greedy(CATEGORY_TOKENS),
                null,
                deadline);
        for (int i = 0; i < unsafe.size(); i++) {
            List<String> codes = codes(second.get(i).text(), asked.policy());
            outcomes.computeIfPresent(unsafe.get(i), (prompt, outcome) -> new WindowOutcome(outcome.score(), codes));
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
