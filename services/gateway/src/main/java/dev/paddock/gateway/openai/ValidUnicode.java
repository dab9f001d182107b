package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The texts of a request are valid Unicode: JSON's escapes can also name half of a surrogate pair, which UTF-8 cannot write. */
final class ValidUnicode {
    private ValidUnicode() {}

    /**
     * Refuses a value with a text, or a member's name, that is none.
     *
     * @param at the value's path; empty for the body
     */
    static void require(JsonNode value, String at) {
        Deque<String> path = new ArrayDeque<>();
        if (isBroken(value, path)) {
            String whole = at + String.join("", path);
            throw broken(whole.startsWith(".") ? whole.substring(1) : whole);
        }
    }

    /** Refuses a text that is none. */
    static void require(String text, String at) {
        if (isBroken(text)) {
            throw broken(at);
        }
    }

    /** Whether a text in the value is none; the path then leads from the value to it, or to the object that has it as a name. */
    private static boolean isBroken(JsonNode value, Deque<String> path) {
        if (value.isString()) {
            return isBroken(value.asString());
        }
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            if (isBroken(value.get(i), path)) {
                path.addFirst("[" + i + "]");
                return true;
            }
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            if (isBroken(member.getKey())) {
                return true;
            }
            if (isBroken(member.getValue(), path)) {
                path.addFirst("." + member.getKey());
                return true;
            }
        }
        return false;
    }

    private static boolean isBroken(String text) {
        return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    private static OpenAiException broken(String at) {
        return OpenAiException.invalid(
                "invalid_value",
                at.isEmpty() ? null : at,
                (at.isEmpty() ? "Invalid body" : "Invalid '" + at + "'")
                        + ": half of a surrogate pair; it must be valid Unicode.");
    }
}
