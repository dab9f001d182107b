package dev.paddock.contracts.guard;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** The judged text of a message, and that text without the power to look like a part of the prompt around it. */
public final class GuardText {
    /** The opening character of the format's delimiters and of special tokens such as {@code <|im_end|>} and {@code </s>}. */
    private static final Pattern ANGLE = Pattern.compile(
            "<(?=\\s*(?:\\||/?\\s*(?:s|unk|pad|bos|eos)\\s*>|<\\s*/?\\s*SYS|/?\\s*SYS\\s*>|BEGIN\\b|END\\b))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern INSTRUCTION = Pattern.compile("\\[(?=\\s*/?\\s*INST\\s*])", Pattern.CASE_INSENSITIVE);

    /** A line that would read as the next speaker's turn. */
    private static final Pattern TURN = Pattern.compile("(?mi)^([ \\t]*)(?=(?:User|Agent)[ \\t]*:)");

    private GuardText() {}

    /** Everything in a message that a reader could see: its content, then name and arguments of its tool calls. */
    public static String of(ChatMessage message) {
        StringBuilder text = new StringBuilder(Objects.requireNonNullElse(message.content(), ""));
        for (ToolCall call : Objects.requireNonNullElse(message.toolCalls(), List.<ToolCall>of())) {
            text.append(text.isEmpty() ? "" : "\n")
                    .append(call.name())
                    .append(' ')
                    .append(call.arguments());
        }
        return text.toString();
    }

    /** The same words, with delimiters, special tokens and turn labels broken; applying it twice changes nothing more. */
    public static String neutralised(String text) {
        String lines = text.replaceAll("\\R", "\n").replace('\0', ' ');
        String angles = ANGLE.matcher(lines).replaceAll("(");
        String instructions = INSTRUCTION.matcher(angles).replaceAll("(");
        return TURN.matcher(instructions).replaceAll("$1> ");
    }
}
