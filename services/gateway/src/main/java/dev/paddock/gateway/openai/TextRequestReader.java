package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.SamplingParameters;
import dev.paddock.gateway.answer.Question;
import dev.paddock.gateway.error.OpenAiException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Reads the body of {@code POST /v1/completions}. */
final class TextRequestReader {
    private static final int DEFAULT_TOKENS = 16;
    private static final int MOST_ANSWERS = 4096;
    private static final int MOST_PROMPTS = 256;

    private TextRequestReader() {}

    static Question read(byte[] json) {
        RequestFields fields = RequestFields.parse(json);
        String model = fields.requiredText("model");
        List<String> prompts = prompts(fields);
        UnsupportedParameters.refuseInText(fields);
        TokenLimit limit = TokenLimit.read(fields, 0);
        int maxTokens = limit.most() == null ? DEFAULT_TOKENS : limit.most();
        SamplingParameters sampling = SamplingReader.read(fields, maxTokens);
        int each = sampling.n() == null ? 1 : sampling.n();
        if (prompts.size() * each > MOST_ANSWERS) {
            throw OpenAiException.invalid(
                    "invalid_value",
                    "n",
                    "'n' of %d for %d prompts makes more than %d answers; ask for fewer or in several requests."
                            .formatted(each, prompts.size(), MOST_ANSWERS));
        }
        boolean echo = fields.flag("echo");
        if (!echo && maxTokens == 0) {
            throw OpenAiException.invalid(
                    "invalid_value",
                    limit.parameter(),
                    "'" + limit.parameter() + "' of 0 only scores the prompt and needs 'echo': true.");
        }
        Streaming streaming = Streaming.read(fields);
        return Question.text(
                        model,
                        prompts,
                        sampling,
                        fields.integer("logprobs", 0, ChatRequestReader.MOST_LOGPROBS),
                        echo,
                        streaming.inPieces(),
                        streaming.includesUsage())
                .of(FormReader.read(fields), null)
                .limitedBy(limit.parameter());
    }

    private static List<String> prompts(RequestFields fields) {
        JsonNode prompt = fields.find("prompt")
                .orElseThrow(() ->
                        OpenAiException.invalid("missing_required_parameter", "prompt", "You must provide 'prompt'."));
        if (prompt.isString()) {
            return List.of(prompt.asString());
        }
        refuseTokenIds(prompt);
        List<String> prompts = new ArrayList<>();
        prompt.forEach(item -> {
            if (item.isString()) {
                prompts.add(item.asString());
            }
        });
        if (!prompt.isArray()
                || prompts.isEmpty()
                || prompts.size() != prompt.size()
                || prompts.size() > MOST_PROMPTS) {
            throw RequestFields.wrong("prompt", prompt, "a string or an array of 1 to " + MOST_PROMPTS + " strings");
        }
        return List.copyOf(prompts);
    }

    private static void refuseTokenIds(JsonNode prompt) {
        JsonNode first = prompt.path(0);
        if (prompt.isArray() && (first.isNumber() || first.path(0).isNumber())) {
            throw OpenAiException.invalid(
                    "invalid_value",
                    "prompt",
                    "'prompt' holds token ids, which are not read here; send the prompt's text, or an array of texts.");
        }
    }
}
