package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.inference.ChatMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts a conversation into windows, so that every message is judged as itself and every character in at least one of them. A
 * window is a conversation of its own whose last message is judged; a message that is too long for one is judged in pieces that
 * overlap, and what came before stands before it as far as there is room. The windows of a message depend on nothing after it,
 * so a longer conversation has those of the shorter one and a few more.
 */
final class ConversationWindows {
    /** What {@code GuardPrompt} writes around a message. */
    private static final int LABEL = 9;

    private final int room;
    private final int piece;
    private final int overlap;

    /**
     * Windows of at most {@code room} characters of text and labels (at least 20).
     */
    ConversationWindows(int room) {
        this.room = room;
        this.piece = Math.max(2, room * 2 / 3);
        this.overlap = piece / 5;
    }

    /**
     * All windows, in the conversation's order. A prompt (role user) is all that the caller sent, whoever is said to have
     * written it; before a response (role assistant) came its prompt's verdict, so only the last message is judged.
     */
    List<List<ChatMessage>> of(String role, List<ChatMessage> conversation) {
        List<ChatMessage> pieces = new ArrayList<>();
        int first = 0;
        for (ChatMessage message : conversation) {
            first = role.equals("assistant") ? pieces.size() : 0;
            pieces.addAll(cut(ChatMessage.of(message.role(), GuardText.of(message))));
        }
        return IntStream.range(first, pieces.size())
                .mapToObj(judged -> window(pieces, judged))
                .toList();
    }

    private List<ChatMessage> cut(ChatMessage message) {
        if (length(message) <= room) {
            return List.of(message);
        }
        String text = String.valueOf(message.content());
        List<ChatMessage> pieces = new ArrayList<>();
        int start = 0;
        do {
            int end = whole(text, Math.min(text.length(), start + piece));
            pieces.add(ChatMessage.of(message.role(), text.substring(start, end)));
            start = end == text.length() ? end : whole(text, Math.max(start + 1, end - overlap));
        } while (start < text.length());
        return pieces;
    }

    /** The piece with as many of those before it as there is room for. */
    private List<ChatMessage> window(List<ChatMessage> pieces, int judged) {
        List<ChatMessage> window = new ArrayList<>(List.of(pieces.get(judged)));
        int free = room - length(pieces.get(judged));
        for (int i = judged - 1; i >= 0 && length(pieces.get(i)) <= free; i--) {
            window.add(pieces.get(i));
            free -= length(pieces.get(i));
        }
        Collections.reverse(window);
        return window;
    }

    /** The index, or the next one where it would split a surrogate pair. */
    private static int whole(String text, int index) {
        boolean splits = index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
        return splits ? index + 1 : index;
    }

    private static int length(ChatMessage message) {
        return String.valueOf(message.content()).length() + LABEL;
    }
}
