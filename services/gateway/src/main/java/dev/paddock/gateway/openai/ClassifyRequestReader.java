package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.ChatMessage;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/classify}: {@code input} is a text, a list of texts, or the messages of a conversation. */
final class ClassifyRequestReader {
    private static final int MOST_INPUTS = 32;
    private static final String INPUT = "input";

    private ClassifyRequestReader() {}

    static Question read(byte[] json) {
        RequestFields fields = RequestFields.parse(json);
        String model = fields.requiredText("model");
        JsonNode input = fields.find(INPUT)
                .orElseThrow(() ->
                        OpenAiException.invalid("missing_required_parameter", INPUT, "You must provide 'input'."));
        if (input.isArray() && input.path(0).isObject()) {
            List<ChatMessage> messages = MessageReader.read(input, INPUT);
            return Question.labels(model, List.of(), messages);
        }
        return Question.labels(model, texts(input), List.of());
    }

    private static List<String> texts(JsonNode input) {
        List<String> texts = new ArrayList<>();
        if (input.isString()) {
            texts.add(input.asString());
        } else {
            input.forEach(item -> texts.add(item.asString("")));
        }
        boolean given =
                input.isString() || (input.isArray() && input.valueStream().allMatch(JsonNode::isString));
        if (!given
                || texts.isEmpty()
                || texts.size() > MOST_INPUTS
                || texts.stream().anyMatch(String::isBlank)) {
            throw RequestFields.wrong(
                    INPUT, input, "a text, an array of 1 to " + MOST_INPUTS + " texts, or an array of messages");
        }
        return texts;
    }
}
