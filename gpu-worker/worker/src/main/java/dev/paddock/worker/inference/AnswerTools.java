package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.llama.chat.CalledTool;
import dev.paddock.llama.chat.ToolCallReader;
import dev.paddock.llama.chat.ToolSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The calls in one answer. */
final class AnswerTools {
    private final ToolCallReader reader;
    private final boolean parallel;
    private final List<ToolCall> calls = new ArrayList<>();
    private int told;

    /** @param parallel whether calls behind the first one count */
    AnswerTools(ToolSyntax syntax, boolean parallel) {
        this.reader = new ToolCallReader(syntax);
        this.parallel = parallel;
    }

    /** Text of the answer that is no call, as far as is known. */
    String append(String text) {
        return taken(reader.append(text));
    }

    String finish() {
        return taken(reader.finish());
    }

    private String taken(String text) {
        List<CalledTool> found = reader.calls();
        for (CalledTool call : found.subList(calls.size(), parallel ? found.size() : Math.min(1, found.size()))) {
            String id = "call_" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
            calls.add(new ToolCall(id, call.name(), call.arguments().toString()));
        }
        return text;
    }

    List<ToolCall> calls() {
        return List.copyOf(calls);
    }

    boolean hasNews() {
        return told < calls.size();
    }

    /** The calls that have come since this was asked last. */
    List<ToolCall> news() {
        List<ToolCall> news = List.copyOf(calls.subList(told, calls.size()));
        told = calls.size();
        return news;
    }
}
