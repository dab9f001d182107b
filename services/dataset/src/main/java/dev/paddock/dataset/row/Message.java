package dev.paddock.dataset.row;

/** One turn: role is {@code system}, {@code user} or {@code assistant}. */
public record Message(String role, String content) {
    public static final String SYSTEM = "system";
    public static final String USER = "user";
    public static final String ASSISTANT = "assistant";
}
