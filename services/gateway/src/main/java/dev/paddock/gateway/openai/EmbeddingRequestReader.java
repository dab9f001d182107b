package dev.paddock.gateway.openai;

import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/embeddings}; {@code pooling} is {@code mean} (also without it) or {@code last}. */
record EmbeddingRequestReader(Question question, boolean base64) {
    private static final int MOST_INPUTS = 256;
    private static final String INPUT = "input";

    static EmbeddingRequestReader read(byte[] json) {
        RequestFields fields = RequestFields.parse(json);
        String model = fields.requiredText("model");
        if (fields.find("dimensions").isPresent()) {
            throw OpenAiException.invalid(
                    "unsupported_parameter",
                    "dimensions",
                    "'dimensions' is not supported: a vector is as wide as the model's hidden states; leave it out.");
        }
        String pooling = oneOf(fields, "pooling", "mean", "last");
        String format = oneOf(fields, "encoding_format", "float", "base64");
        return new EmbeddingRequestReader(Question.embeddings(model, texts(fields), pooling), format.equals("base64"));
    }

    /** The first is what holds without the field. */
    private static String oneOf(RequestFields fields, String name, String first, String second) {
        JsonNode value = fields.find(name).orElse(null);
        if (value != null && !Set.of(first, second).contains(value.asString(""))) {
            throw RequestFields.wrong(name, value, first + " or " + second);
        }
        return value == null ? first : value.asString();
    }

    private static List<String> texts(RequestFields fields) {
        JsonNode input = fields.find(INPUT)
                .orElseThrow(() ->
                        OpenAiException.invalid("missing_required_parameter", INPUT, "You must provide 'input'."));
        List<JsonNode> items =
                input.isString() ? List.of(input) : input.valueStream().toList();
        boolean texts = (input.isString() || input.isArray())
                && !items.isEmpty()
                && items.size() <= MOST_INPUTS
                && items.stream()
                        .allMatch(item -> item.isString() && !item.asString().isEmpty());
        if (!texts) {
            throw RequestFields.wrong(
                    INPUT, input, "a text, or an array of 1 to " + MOST_INPUTS + " texts; token ids are not read here");
        }
        return items.stream().map(JsonNode::asString).toList();
    }
}
