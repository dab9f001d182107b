package dev.paddock.llama.classification;

import dev.paddock.llama.chat.ChatRenderer;
import dev.paddock.llama.chat.RenderedChat;
import dev.paddock.llama.template.ChatMessage;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Conversations as a classifier reads them, in training and in serving: rendered with the base's chat template up to where the
 * answer would begin.
 */
public final class ClassifierPrompts {
    private static final char FIRST_PRIVATE = '\uE000';

    private final ChatRenderer renderer;
    private final Tokenizer tokenizer;

    public ClassifierPrompts(ChatRenderer renderer, Tokenizer tokenizer) {
        this.renderer = renderer;
        this.tokenizer = tokenizer;
    }

    /** Tokens of a conversation, whose last one gets the label. */
    public int[] sequence(List<ChatMessage> messages) {
        return renderer.encode(renderer.render(messages, null, true));
    }

    /**
     * Tokens of a conversation and those of its last user message.
     *
     * @throws IllegalArgumentException where there is no such message, or the template or the tokenizer changes its text
     */
    public MessageTokens tokens(List<ChatMessage> messages) {
        int last = lastUser(messages);
        String content = content(messages.get(last));
        RenderedChat chat = renderer.render(messages, null, true);
        int begin = begin(chat, messages, last);
        int leading = content.indexOf(content.strip());
        int[] ids = renderer.encode(chat);
        int[] ends = new TokenOffsets(tokenizer, chat.text()).ends(ids);
        MessagePlaces places =
                new MessagePlaces(content, leading, utf8(chat.text().substring(0, begin)));
        for (int i = 0; i < ids.length; i++) {
            places.take(i, i == 0 ? 0 : ends[i - 1], ends[i]);
        }
        return new MessageTokens(ids, places.taken());
    }

    private static String content(ChatMessage message) {
        return message.content() == null ? "" : message.content();
    }

    private static int utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static int lastUser(List<ChatMessage> messages) {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i).role().equals("user")) {
                return i;
            }
        }
        throw new IllegalArgumentException("the conversation has no user message, in which labels could stand");
    }

    /** Where the message stripped of white space begins in the rendered text: the template is asked with a character in its place. */
    private int begin(RenderedChat chat, List<ChatMessage> messages, int last) {
        String mark = String.valueOf(unused(chat.text()));
        List<ChatMessage> marked = new ArrayList<>(messages);
        marked.set(last, new ChatMessage(messages.get(last).role(), mark));
        String rendered = renderer.render(marked, null, true).text();
        int at = rendered.indexOf(mark);
        String content = content(messages.get(last));
        String stripped = content.strip();
        if (at >= 0 && rendered.indexOf(mark, at + 1) < 0) {
            String after = rendered.substring(at + 1);
            int leading = content.indexOf(stripped);
            for (int begin : new int[] {at + leading, at}) {
                boolean found = chat.text().startsWith(rendered.substring(0, at))
                        && chat.text().startsWith(stripped, begin)
                        && chat.text().endsWith(after);
                if (found) {
                    return begin;
                }
            }
        }
        throw new IllegalArgumentException(
                "the chat template changes the user's message, and spans cannot be found in what it writes");
    }

    private static char unused(String text) {
        char mark = FIRST_PRIVATE;
        while (text.indexOf(mark) >= 0) {
            mark++;
        }
        return mark;
    }
}
