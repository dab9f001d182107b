package dev.paddock.contracts.guard;

import dev.paddock.contracts.inference.ChatMessage;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The prompt of Llama Guard (Inan et al., 2023, arXiv:2312.06674) as raw text, without any chat template: task, taxonomy,
 * conversation and instruction. Training rows and the service use this one class, so that a guard is asked exactly as it
 * was taught. Message text is data: {@link GuardText} takes away its power to look like a part of the format.
 */
public final class GuardPrompt {
    /** What follows the prompt when nothing is wrong. */
    public static final String SAFE = " safe";

    /** What follows the prompt when something is wrong; the violated codes stand on the next line. */
    public static final String UNSAFE = " unsafe";

    private GuardPrompt() {}

    /**
     * Asks about the last message of a conversation, which is of role {@code user} (a prompt) or {@code assistant} (a response).
     *
     * @throws IllegalArgumentException for an empty conversation or taxonomy
     */
    public static String render(List<GuardCategory> categories, List<ChatMessage> conversation) {
        if (categories.isEmpty() || conversation.isEmpty()) {
            throw new IllegalArgumentException("a guard prompt needs at least one category and one message");
        }
        String speaker = speaker(conversation.get(conversation.size() - 1).role());
        return """
                [INST] Task: Check if there is unsafe content in '%1$s' messages in conversations according our safety policy with the below categories.
                <BEGIN UNSAFE CONTENT CATEGORIES>
                %2$s
                <END UNSAFE CONTENT CATEGORIES>
                <BEGIN CONVERSATION>
                %3$s
                <END CONVERSATION>
                Provide your safety assessment for the last %1$s message in the above conversation:
                - First line must read 'safe' or 'unsafe'.
                - If unsafe, a second line must include a comma-separated list of violated categories. [/INST]""".formatted(speaker, taxonomy(categories), turns(conversation));
    }

    /** The taught answer: {@code " safe"}, or {@code " unsafe"} and the violated codes on the next line. */
    public static String answer(List<String> violatedCodes) {
        return violatedCodes.isEmpty() ? SAFE : UNSAFE + "\n" + String.join(",", violatedCodes);
    }

    /** Llama Guard's name for a role: everything that is not the model's own is the user's. */
    public static String speaker(String role) {
        return role.equals("assistant") ? "Agent" : "User";
    }

    private static String taxonomy(List<GuardCategory> categories) {
        return categories.stream()
                .map(category -> "%s: %s.\n%s"
                        .formatted(
                                category.code(),
                                GuardText.neutralised(category.name()),
                                GuardText.neutralised(category.description())))
                .collect(Collectors.joining("\n"));
    }

    private static String turns(List<ChatMessage> conversation) {
        return conversation.stream()
                .map(message -> speaker(message.role()) + ": " + GuardText.neutralised(GuardText.of(message)))
                .collect(Collectors.joining("\n\n"));
    }
}
