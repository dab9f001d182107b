package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.chat.ChatRenderer;
import dev.paddock.llama.chat.RenderedChat;
import dev.paddock.llama.template.ChatTemplateException;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ServingProblem;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns prompts and conversations into tokens. */
@Component
class Prompts {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
    private static final TypeReference<List<Object>> LIST = new TypeReference<>() {};
    private final JsonMapper json;
    private final Clock clock;

    Prompts(JsonMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** Tokens of a rendered prompt, begun as the model expects. */
    EncodedPrompt encode(LoadedBase base, String text) {
        return begun(base.tokenizer(), text, base.tokenizer().encode(text));
    }

    /** A conversation in the base's own template; control tokens in its texts are ordinary characters. */
    EncodedPrompt encode(
            LoadedBase base, List<ChatMessage> messages, @Nullable JsonNode tools, boolean addGenerationPrompt) {
        ChatRenderer renderer = new ChatRenderer(base.tokenizer(), base.template(), clock);
        RenderedChat chat = render(renderer, messages, tools, addGenerationPrompt);
        return begun(base.tokenizer(), chat.text(), renderer.encode(chat));
    }

    private static EncodedPrompt begun(Tokenizer tokenizer, String text, int[] ids) {
        int bos = tokenizer.addsBos() ? tokenizer.bos().orElse(-1) : -1;
        boolean begun = bos < 0 || (ids.length > 0 && ids[0] == bos);
        return new EncodedPrompt(
                text,
                begun
                        ? ids
                        : IntStream.concat(IntStream.of(bos), IntStream.of(ids)).toArray());
    }

    private RenderedChat render(
            ChatRenderer renderer, List<ChatMessage> messages, @Nullable JsonNode tools, boolean addGenerationPrompt) {
        try {
            return renderer.render(
                    messages.stream().map(this::message).toList(),
                    tools == null || tools.isNull() ? null : json.convertValue(tools, LIST),
                    addGenerationPrompt);
        } catch (ChatTemplateException e) {
            throw new ProblemException(ServingProblem.CHAT_TEMPLATE, "the base's chat template: " + e.getMessage(), e);
        }
    }

    private dev.paddock.llama.template.ChatMessage message(ChatMessage message) {
        List<ToolCall> calls = message.toolCalls() == null ? List.of() : message.toolCalls();
        return new dev.paddock.llama.template.ChatMessage(
                message.role(),
                message.content(),
                message.name(),
                calls.stream().map(this::toolCall).toList(),
                message.toolCallId());
    }

    private Map<String, Object> toolCall(ToolCall call) {
        Map<String, Object> written = new HashMap<>();
        if (call.id() != null) {
            written.put("id", call.id());
        }
        written.put("type", "function");
        written.put("function", Map.of("name", call.name(), "arguments", arguments(call)));
        return written;
    }

    private Map<String, Object> arguments(ToolCall call) {
        try {
            return json.readValue(call.arguments(), OBJECT);
        } catch (JacksonException e) {
            throw ProblemException.invalid(
                    "messages[].toolCalls[].arguments", call.arguments(), "arguments are a JSON object as text");
        }
    }
}
