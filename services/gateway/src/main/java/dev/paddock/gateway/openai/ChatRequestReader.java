package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads the body of {@code POST /v1/chat/completions}. */
final class ChatRequestReader {
    static final int MOST_TOKENS = 1_000_000;
    static final int MOST_LOGPROBS = 20;

    private ChatRequestReader() {}

    static Question read(byte[] json) {
        RequestFields fields = RequestFields.parse(json);
        String model = fields.requiredText("model");
        List<ChatMessage> messages = MessageReader.read(fields);
        UnsupportedParameters.refuseInChat(fields);
        Integer maxTokens = fields.integer("max_completion_tokens", 1, MOST_TOKENS);
        if (maxTokens == null) {
            maxTokens = fields.integer("max_tokens", 1, MOST_TOKENS);
        }
        boolean stream = fields.flag("stream");
        return Question.chat(
                        model,
                        messages,
                        SamplingReader.read(fields, maxTokens),
                        logprobs(fields),
                        stream,
                        stream && includeUsage(fields))
                .of(FormReader.read(fields), ToolsReader.read(fields));
    }

    private static @Nullable Integer logprobs(RequestFields fields) {
        Integer top = fields.integer("top_logprobs", 0, MOST_LOGPROBS);
        if (fields.flag("logprobs")) {
            return top == null ? 0 : top;
        }
        if (top != null && top > 0) {
            throw OpenAiException.invalid(
                    "invalid_value", "top_logprobs", "'top_logprobs' needs 'logprobs' to be true.");
        }
        return null;
    }

    static boolean includeUsage(RequestFields fields) {
        return fields.find("stream_options")
                .map(options -> {
                    if (!(options instanceof ObjectNode object)) {
                        throw RequestFields.wrong("stream_options", options, "an object");
                    }
                    return RequestFields.of(object).flag("include_usage");
                })
                .orElse(false);
    }
}
