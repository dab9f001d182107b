package dev.paddock.llama.chat;

import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.Optional;

/**
 * A model's chat templates.
 *
 * @param plain for conversations
 * @param withTools for conversations with tools, where it is another
 */
public record ChatTemplates(Optional<ChatTemplate> plain, Optional<ChatTemplate> withTools) {
    /** The templates that came with a model; none where it has none. */
    public static ChatTemplates of(Tokenizer tokenizer) {
        return new ChatTemplates(
                tokenizer.chatTemplate().map(ChatTemplate::parse),
                tokenizer.toolTemplate().map(ChatTemplate::parse));
    }

    /** The template of a conversation with or without tools. */
    public Optional<ChatTemplate> of(boolean tools) {
        return tools ? withTools.or(() -> plain) : plain;
    }
}
