package dev.paddock.llama.chat;

import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes conversations with a model's template and encodes them. What a message writes like a control token is ordinary text:
 * only the template begins and ends turns.
 */
public final class ChatRenderer {
    private final Tokenizer tokenizer;
    private final ChatTemplate template;
    private final Clock clock;
    private final Map<String, String> specialTokens = new HashMap<>();

    /** @param clock read by templates that write the date */
    public ChatRenderer(Tokenizer tokenizer, ChatTemplate template, Clock clock) {
        this.tokenizer = tokenizer;
        this.template = template;
        this.clock = clock;
        tokenizer.bos().ifPresent(id -> specialTokens.put("bos_token", tokenizer.token(id)));
        tokenizer.eos().ifPresent(id -> specialTokens.put("eos_token", tokenizer.token(id)));
    }

    /**
     * Renders a conversation.
     *
     * @param tools JSON schemas of the tools as maps, or null for none
     * @param addGenerationPrompt whether the prompt ends where the assistant's answer begins
     * @throws dev.paddock.llama.template.ChatTemplateException where the template refuses it
     */
    public RenderedChat render(List<ChatMessage> messages, @Nullable List<?> tools, boolean addGenerationPrompt) {
        DataMarks marks = new DataMarks(tokenizer.specialTokens(), template.source());
        boolean written = marks.read(tools);
        for (ChatMessage message : messages) {
            written |= marks.read(message.variables());
        }
        if (!written) {
            return marks.unmark(template.render(messages, tools, addGenerationPrompt, specialTokens, clock));
        }
        Map<String, @Nullable Object> variables = new HashMap<>(specialTokens);
        variables.put(
                "messages",
                messages.stream().map(ChatMessage::variables).map(marks::mark).toList());
        variables.put("tools", marks.mark(tools));
        variables.put("add_generation_prompt", addGenerationPrompt);
        return marks.unmark(template.render(variables, clock));
    }

    /** Ids of a rendered conversation, begun as the model expects: with its first token where the template writes none. */
    public int[] encode(RenderedChat chat) {
        return tokenizer.begun(tokenizer.encode(chat.text(), chat.data()));
    }

    /** Ids of what a conversation has from a character on, as they follow the ids of what comes before. */
    public int[] encodeFrom(RenderedChat chat, int from) {
        return tokenizer.encodeFrom(chat.text(), chat.data(), from);
    }
}
