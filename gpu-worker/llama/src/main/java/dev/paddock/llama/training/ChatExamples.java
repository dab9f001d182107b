package dev.paddock.llama.training;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.template.ChatTemplateException;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Conversations as a model sees them: rendered with its own chat template, the loss on the last assistant turn only, from its
 * first token to the one that ends the turn. Special tokens come from the template alone; what a message writes like one is read
 * as ordinary characters only where the template's author did so.
 */
public final class ChatExamples {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Map<String, String> specialTokens;
    private final Clock clock;

    /**
     * Prepares a model's template.
     *
     * @param clock read by templates that write the date
     * @throws IllegalArgumentException when the model has no chat template
     */
    public ChatExamples(Tokenizer tokenizer, Clock clock) {
        this.tokenizer = tokenizer;
        this.clock = clock;
        template = ChatTemplate.parse(tokenizer
                .chatTemplate()
                .orElseThrow(() -> new IllegalArgumentException("the model has no chat template to write rows with")));
        specialTokens = new HashMap<>();
        tokenizer.bos().ifPresent(id -> specialTokens.put("bos_token", tokenizer.token(id)));
        tokenizer.eos().ifPresent(id -> specialTokens.put("eos_token", tokenizer.token(id)));
    }

    /**
     * Tokens of a conversation whose last message is the assistant's.
     *
     * @throws IllegalArgumentException when it is not, or when the template does not keep its prompt as the beginning of the
     *     whole, so that the answer's first token cannot be known
     */
    public TrainingExample example(List<ChatMessage> messages) {
        int last = messages.size() - 1;
        if (last < 1 || !messages.get(last).role().equals("assistant")) {
            throw new IllegalArgumentException(
                    "a row needs a question and, as its last message, the assistant's answer");
        }
        String whole = render(messages, false);
        String prompt = render(messages.subList(0, last), true);
        if (!whole.startsWith(prompt)) {
            throw new IllegalArgumentException("the chat template writes the prompt otherwise when the answer follows ("
                    + excerpt(prompt) + " is not how " + excerpt(whole)
                    + " begins); rows cannot be split into prompt and answer");
        }
        int[] promptTokens = tokenizer.encode(prompt);
        int[] answerTokens = tokenizer.encode(throughEndOfTurn(whole.substring(prompt.length())));
        int[] tokens = java.util.Arrays.copyOf(promptTokens, promptTokens.length + answerTokens.length);
        System.arraycopy(answerTokens, 0, tokens, promptTokens.length, answerTokens.length);
        return TrainingExample.answer(tokens, promptTokens.length);
    }

    /** Cuts off what a template writes after the token that ends a turn, such as a line break. */
    private String throughEndOfTurn(String answer) {
        int end = -1;
        for (int id : tokenizer.endIds()) {
            String token = tokenizer.token(id);
            int at = answer.lastIndexOf(token);
            end = at < 0 ? end : Math.max(end, at + token.length());
        }
        if (end < 0) {
            throw new IllegalArgumentException(
                    "the chat template ends the answer without a token that the model ends on (" + tokenizer.endIds()
                            + "), after " + excerpt(answer));
        }
        return answer.substring(0, end);
    }

    private String render(List<ChatMessage> messages, boolean addGenerationPrompt) {
        try {
            return template.render(messages, null, addGenerationPrompt, specialTokens, clock);
        } catch (ChatTemplateException e) {
            throw new IllegalArgumentException("the chat template refuses the row: " + e.getMessage(), e);
        }
    }

    private static String excerpt(String text) {
        return "\"…" + text.substring(Math.max(0, text.length() - 60)) + "\"";
    }
}
