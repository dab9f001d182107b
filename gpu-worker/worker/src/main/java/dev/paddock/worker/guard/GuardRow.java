package dev.paddock.worker.guard;

import dev.paddock.contracts.guard.DefaultTaxonomy;
import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;

/**
 * One message and what is wrong with it under {@link DefaultTaxonomy}.
 *
 * @param source name of the source that it comes from
 * @param role {@code user} or {@code assistant}
 * @param text the message
 * @param codes violated categories; none for a safe message
 */
record GuardRow(String source, String role, String text, List<String> codes) {
    GuardRow {
        codes = List.copyOf(codes);
    }

    boolean unsafe() {
        return !codes.isEmpty();
    }

    String prompt() {
        return GuardPrompt.render(DefaultTaxonomy.CATEGORIES, List.of(ChatMessage.of(role, text)));
    }

    String answer() {
        return GuardPrompt.answer(codes);
    }
}
