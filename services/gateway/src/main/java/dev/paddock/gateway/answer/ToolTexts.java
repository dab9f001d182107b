package dev.paddock.gateway.answer;

import dev.paddock.contracts.guard.GuardText;
import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** Tool calls as text. */
final class ToolTexts {
    private ToolTexts() {}

    /** What the guard reads of an answer: its text, if any, and names and arguments of its calls. */
    static String judged(String text, List<ToolCall> calls) {
        return calls.isEmpty() ? text : GuardText.of(new ChatMessage("assistant", text, calls, null, null));
    }

    /** What an answer's record keeps of calls: names and arguments, as compact JSON, in a line of its own. */
    static String kept(List<ToolCall> calls) {
        List<ToolCall> nameless = calls.stream()
                .map(call -> new ToolCall(null, call.name(), call.arguments()))
                .toList();
        return calls.isEmpty() ? "" : "\n" + JsonMapper.shared().writeValueAsString(nameless);
    }
}
