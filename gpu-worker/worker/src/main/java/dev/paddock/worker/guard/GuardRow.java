package dev.paddock.worker.guard;

import dev.paddock.contracts.guard.GuardPrompt;
import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;

/**
 * A conversation and what is wrong with its last message.
 *
 * @param source name of the source that it comes from
 * @param messages turns of {@code user} and {@code assistant}
 * @param codes violated categories; none for a safe message
 */
record GuardRow(String source, List<ChatMessage> messages, List<String> codes) {
    GuardRow {
        messages = List.copyOf(messages);
        codes = List.copyOf(codes);
    }

    /** A row of one message. */
    static GuardRow of(String source, String role, String text, List<String> codes) {
        return new GuardRow(source, List.of(ChatMessage.of(role, text)), codes);
    }

    boolean unsafe() {
        return !codes.isEmpty();
    }

    /** The judged message. */
    String text() {
        return String.valueOf(messages.get(messages.size() - 1).content());
    }

    String prompt(GuardTaxonomy taxonomy) {
        return GuardPrompt.render(taxonomy.categories(), messages);
    }

    String answer() {
        return GuardPrompt.answer(codes);
    }
}
