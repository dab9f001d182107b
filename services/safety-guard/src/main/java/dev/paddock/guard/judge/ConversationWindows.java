package dev.paddock.guard.judge;

import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.inference.ChatMessage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Cuts a conversation that is too long for one prompt into windows, so that every character is judged in at least one of them.
 * A window is a conversation of its own whose last message is judged; pieces of a message overlap, and what came before a piece
 * stands before it as far as there is room.
 */
final class ConversationWindows {
    private final int room;
    private final int piece;
    private final int overlap;

    /**
     * Windows of at most {@code room} characters of text (at least 8).
     */
    ConversationWindows(int room) {
        this.room = room;
        this.piece = Math.max(2, room * 2 / 3);
        this.overlap = piece / 5;
    }

    /**
     * All windows, in the conversation's order. A prompt (role user) may stand anywhere in what the caller sent, so all of it is
     * judged; before a response (role assistant) came its prompt's verdict, so only the last message is.
     */
    List<List<ChatMessage>> of(String role, List<ChatMessage> conversation) {
        List<ChatMessage> texts = conversation.stream()
                .map(message -> ChatMessage.of(message.role(), GuardText.of(message)))
                .toList();
        if (texts.stream().mapToInt(ConversationWindows::length).sum() <= room) {
            return List.of(texts);
        }
        List<ChatMessage> pieces = new ArrayList<>();
        texts.subList(0, texts.size() - 1).forEach(message -> pieces.addAll(cut(message)));
        int first = role.equals("assistant") ? pieces.size() : 0;
        pieces.addAll(cut(texts.get(texts.size() - 1)));
        List<List<ChatMessage>> windows = new ArrayList<>();
        for (int i = first; i < pieces.size(); i++) {
            windows.add(window(pieces, i));
        }
        return windows;
    }

    private List<ChatMessage> cut(ChatMessage message) {
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
        return String.valueOf(message.content()).length();
    }
}
