package dev.paddock.guard.verdict;

import dev.paddock.contracts.guard.VerdictRequest;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.kit.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request for a verdict must hold. */
final class RequestRules {
    private static final int MOST_MESSAGES = 10_000;

    private RequestRules() {}

    static void check(VerdictRequest request) {
        @Nullable List<ChatMessage> messages = request.messages();
        if (messages == null || messages.isEmpty() || messages.size() > MOST_MESSAGES) {
            throw ProblemException.invalid(
                    "messages", messages == null ? null : messages.size(), "must be 1 to " + MOST_MESSAGES);
        }
        for (ChatMessage message : messages) {
            if (message == null || message.role() == null) {
                throw ProblemException.invalid("messages", null, "every message needs a role");
            }
        }
        checkRole(request.role(), messages.get(messages.size() - 1).role());
    }

    private static void checkRole(@Nullable String role, String last) {
        if (!"user".equals(role) && !"assistant".equals(role)) {
            throw ProblemException.invalid("role", role, "must be user (a prompt) or assistant (a response)");
        }
        if ("assistant".equals(role) && !last.equals("assistant")) {
            throw ProblemException.invalid("role", role, "the last message is of role " + last + ", so no response");
        }
    }
}
