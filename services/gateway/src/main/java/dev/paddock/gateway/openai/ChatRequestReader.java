package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the body of {@code POST /v1/chat/completions}. */
final class ChatRequestReader {
    static final int MOST_LOGPROBS = 20;

    private ChatRequestReader() {}

    static Question read(byte[] json) {
        RequestFields fields = RequestFields.parse(json);
        String model = fields.requiredText("model");
        List<ChatMessage> messages = MessageReader.read(fields);
        UnsupportedParameters.refuseInChat(fields);
        TokenLimit limit = TokenLimit.read(fields, 1);
        Streaming streaming = Streaming.read(fields);
        return Question.chat(
                        model,
                        messages,
                        SamplingReader.read(fields, limit.most()),
                        logprobs(fields),
                        streaming.inPieces(),
                        streaming.includesUsage())
                .of(FormReader.read(fields), ToolsReader.read(fields))
                .limitedBy(limit.parameter());
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
}
