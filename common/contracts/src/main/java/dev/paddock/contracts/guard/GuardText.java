package dev.paddock.contracts.guard;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The judged text of a message, and that text without the power to look like a part of the prompt around it. */
public final class GuardText {
    /** The opening character of the format's delimiters and of special tokens such as {@code <|im_end|>} and {@code </s>}. */
    private static final Pattern ANGLE = Pattern.compile(
            "<(?=\\s*(?:\\||/?\\s*(?:s|unk|pad|bos|eos)\\s*>|<\\s*/?\\s*SYS|/?\\s*SYS\\s*>|BEGIN\\b|END\\b))",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern INSTRUCTION = Pattern.compile("\\[(?=\\s*/?\\s*INST\\s*])", Pattern.CASE_INSENSITIVE);

    /** A line that would read as the next speaker's turn. */
    private static final Pattern TURN = Pattern.compile("(?mi)^([ \\t]*)(?=(?:User|Agent)[ \\t]*:)");

    private static final Pattern MADE_ID = Pattern.compile("call_[0-9a-f]{24}");

    private GuardText() {}

    /**
     * Everything in a message that a chat template can show a model: content, name, the call it answers, and its tool calls. Definitions
     * of functions, which come as a system turn, and arguments of calls are there in words; ids as a worker makes them say nothing and
     * are not there.
     */
    public static String of(ChatMessage message) {
        String content = message.content();
        String shown = content != null && message.role().equals("system") ? ToolWords.ofDefinitions(content) : content;
        Stream<@Nullable String> own = Stream.of(shown, message.name(), id(message.toolCallId()));
        Stream<@Nullable String> calls = Objects.requireNonNullElse(message.toolCalls(), List.<ToolCall>of()).stream()
                .flatMap(call -> Stream.of(
                        (call.name() + " " + ToolWords.ofArguments(call.arguments())).strip(), id(call.id())));
        return Stream.concat(own, calls)
                .filter(text -> text != null && !text.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private static @Nullable String id(@Nullable String id) {
        return id != null && MADE_ID.matcher(id).matches() ? null : id;
    }

    /** The same words, with delimiters, special tokens and turn labels broken; applying it twice changes nothing more. */
    public static String neutralised(String text) {
        String lines = text.replaceAll("\\R", "\n").replace('\0', ' ');
        String angles = ANGLE.matcher(lines).replaceAll("(");
        String instructions = INSTRUCTION.matcher(angles).replaceAll("(");
        return TURN.matcher(instructions).replaceAll("$1> ");
    }
}
