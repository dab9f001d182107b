package dev.paddock.worker.inference;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.contracts.inference.ToolCall;
import dev.paddock.kit.problem.ProblemException;
import dev.paddock.llama.chat.ChatRenderer;
import dev.paddock.llama.chat.RenderedChat;
import dev.paddock.llama.chat.ToolSyntax;
import dev.paddock.llama.chat.ToolTurns;
import dev.paddock.llama.classification.ClassifierPrompts;
import dev.paddock.llama.template.ChatTemplate;
import dev.paddock.llama.template.ChatTemplateException;
import dev.paddock.llama.tokenizer.Tokenizer;
import dev.paddock.worker.models.LoadedBase;
import dev.paddock.worker.models.ServingProblem;
import java.time.Clock;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

    /** Tokens of a text whose control tokens are ordinary characters, begun as the model expects. */
    static EncodedPrompt encodePlain(Tokenizer tokenizer, String text) {
        return begun(tokenizer, text, List.of(), tokenizer.encodeOrdinary(text));
    }

    /**
     * Tokens of a rendered prompt, begun as the model expects.
     *
     * @param data code points at which a control token's text is ordinary
     */
    static EncodedPrompt encode(Tokenizer tokenizer, String text, List<Integer> data) {
        BitSet characters = new BitSet();
        data.forEach(codePoint -> characters.set(text.offsetByCodePoints(0, codePoint)));
        return begun(tokenizer, text, data, tokenizer.encode(text, characters));
    }

    private static EncodedPrompt begun(Tokenizer tokenizer, String text, List<Integer> data, int[] ids) {
        int[] begun = tokenizer.begun(ids);
        return new EncodedPrompt(text, begun, begun.length - ids.length, data);
    }

    /** A conversation in the base's own template; control tokens in its texts are ordinary characters. */
    EncodedPrompt encode(
            LoadedBase base, List<ChatMessage> messages, @Nullable JsonNode tools, boolean addGenerationPrompt) {
        boolean withTools = tools != null && !tools.isEmpty();
        ChatTemplate template = base.template(withTools);
        ChatRenderer renderer = new ChatRenderer(base.tokenizer(), template, clock);
        List<Object> given = withTools ? json.convertValue(tools, LIST) : null;
        RenderedChat chat = ToolSyntax.isIn(template.source())
                ? render(renderer, turns(messages), given, addGenerationPrompt)
                : render(renderer, ToolTurns.plain(turns(messages), given), null, addGenerationPrompt);
        List<Integer> data = chat.data().stream()
                .map(character -> chat.text().codePointCount(0, character))
                .boxed()
                .toList();
        return encode(base.tokenizer(), chat.text(), data);
    }

    /** What reads conversations for a base's classifiers, as their training did. */
    ClassifierPrompts classifier(LoadedBase base) {
        return new ClassifierPrompts(new ChatRenderer(base.tokenizer(), base.template(false), clock), base.tokenizer());
    }

    /** Turns as the engine has them. */
    List<dev.paddock.llama.template.ChatMessage> turns(List<ChatMessage> messages) {
        return messages.stream().map(this::message).toList();
    }

    private RenderedChat render(
            ChatRenderer renderer,
            List<dev.paddock.llama.template.ChatMessage> messages,
            @Nullable List<Object> tools,
            boolean addGenerationPrompt) {
        try {
            return renderer.render(messages, tools, addGenerationPrompt);
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

    /** The call in the order of its fields in OpenAI's API, in which templates write it. */
    Map<String, Object> toolCall(ToolCall call) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("name", call.name());
        function.put("arguments", arguments(call));
        Map<String, Object> written = new LinkedHashMap<>();
        if (call.id() != null) {
            written.put("id", call.id());
        }
        written.put("type", "function");
        written.put("function", function);
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
