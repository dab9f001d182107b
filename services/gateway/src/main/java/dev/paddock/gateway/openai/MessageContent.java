package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a message says: a string or an array of text parts; an assistant that said nothing but refused says its refusal. */
final class MessageContent {
    private MessageContent() {}

    /** The text of a turn; null where there is none and there may be none. */
    static @Nullable String ofTurn(ObjectNode message, String at, boolean assistant, boolean mayBeAbsent) {
        JsonNode content = message.path("content");
        JsonNode refusal = message.path("refusal");
        if (assistant
                && saysNothing(content)
                && refusal.isString()
                && !refusal.asString().isEmpty()) {
            return refusal.asString();
        }
        if (mayBeAbsent && isAbsent(content)) {
            return null;
        }
        return text(content, at + ".content", assistant);
    }

    /** A text that somebody else than an assistant wrote. */
    static String of(JsonNode content, String at) {
        return text(content, at, false);
    }

    private static boolean isAbsent(JsonNode content) {
        return content.isNull() || content.isMissingNode();
    }

    private static boolean saysNothing(JsonNode content) {
        boolean empty = content.isString() ? content.asString().isEmpty() : content.isArray() && content.isEmpty();
        return isAbsent(content) || empty;
    }

    private static String text(JsonNode content, String at, boolean assistant) {
        if (content.isString()) {
            return content.asString();
        }
        if (isAbsent(content)) {
            throw OpenAiException.invalid("missing_required_parameter", at, "You must provide '" + at + "'.");
        }
        if (!content.isArray()) {
            throw RequestFields.wrong(at, content, "a string or an array of text parts");
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            text.append(part(content.get(i), at + "[" + i + "]", assistant));
        }
        return text.toString();
    }

    private static String part(JsonNode part, String at, boolean assistant) {
        String type = part.path("type").asString("");
        if (!type.equals("text") && !(assistant && type.equals("refusal"))) {
            throw OpenAiException.invalid(
                    "unsupported_parameter",
                    at + ".type",
                    "Content of type " + part.path("type") + " is not supported; the models here read text only.");
        }
        if (!part.path(type).isString()) {
            throw RequestFields.wrong(at + "." + type, part.path(type), "a string");
        }
        return part.path(type).asString();
    }
}
