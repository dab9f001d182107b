package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardCategory;
import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.guard.GuardProblem;
import dev.paddock.guard.GuardSettings;
import dev.paddock.kit.problem.ProblemException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Judges a conversation by the worst of its windows. Where a window's prompt is refused as too long for the base's context, all
 * windows become half as long; nothing is ever left out.
 */
@Component
public class Judge {
    private static final int SMALLEST_WINDOW = 100;

    private final WindowJudge windows;
    private final GuardSettings settings;
    private final Clock clock;

    Judge(WindowJudge windows, GuardSettings settings, Clock clock) {
        this.windows = windows;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Reads the whole conversation.
     *
     * @throws ProblemException of code {@code no-verdict} or {@code too-long-to-judge}
     */
    public Judgement judge(Case asked) {
        requireJudgeable(asked);
        Instant deadline = clock.instant().plus(settings.workerTimeout());
        int room = settings.windowCharacters();
        while (true) {
            try {
                return judge(asked, room, deadline);
            } catch (PromptRefusedException e) {
                room /= 2;
                if (room < SMALLEST_WINDOW) {
                    throw new ProblemException(
                            GuardProblem.NO_VERDICT, "the worker refuses even short prompts: " + e.getMessage(), e);
                }
            }
        }
    }

    private Judgement judge(Case asked, int room, Instant deadline) {
        List<GuardCategory> categories = asked.policy().categories();
        List<String> prompts = new ConversationWindows(room)
                .of(asked.role(), asked.messages()).stream()
                        .map(window -> GuardPrompt.render(categories, window))
                        .toList();
        return worst(windows.outcomes(asked, prompts, deadline), asked.policy().threshold());
    }

    private static Judgement worst(List<WindowOutcome> outcomes, double threshold) {
        double score = outcomes.stream().mapToDouble(WindowOutcome::score).max().orElseThrow();
        List<String> categories = outcomes.stream()
                .flatMap(outcome -> outcome.categories().stream())
                .distinct()
                .sorted()
                .toList();
        return new Judgement(score < threshold, score, categories, outcomes.size());
    }

    private void requireJudgeable(Case asked) {
        long characters = asked.messages().stream().mapToLong(Judge::length).sum();
        if (characters > settings.largestConversation()) {
            throw new ProblemException(
                    GuardProblem.TOO_LONG_TO_JUDGE,
                    "the conversation has " + characters + " characters; at most " + settings.largestConversation()
                            + " are judged: send less at once");
        }
    }

    private static long length(ChatMessage message) {
        return GuardText.of(message).length();
    }
}
