package dev.paddock.dataset.upload;

import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes an example of a JSON row, or says which field is wrong. */
final class RowShape {
    private static final Set<String> ROLES = Set.of(Message.SYSTEM, Message.USER, Message.ASSISTANT);
    private static final Map<String, String> SHAREGPT_ROLES = Map.of(
            "human", Message.USER,
            "user", Message.USER,
            "gpt", Message.ASSISTANT,
            "assistant", Message.ASSISTANT,
            "system", Message.SYSTEM);
    private static final String GENERAL = "general";
    private static final int MAX_CHOICES = 1000;

    private RowShape() {}

    static Example read(JsonNode row, UploadFormat format) {
        if (!row.isObject()) {
            throw new InvalidRowException("", "is no JSON object");
        }
        if (format == UploadFormat.SPANS) {
            return SpanShape.read(row, turns(row, "messages", "role", "content", Map.of()))
                    .from(RowMarks.source(row));
        }
        if (format == UploadFormat.TEXT) {
            return document(row);
        }
        List<Message> messages =
                switch (format) {
                    case PREFERENCE -> preference(row);
                    case MESSAGES -> turns(row, "messages", "role", "content", Map.of());
                    case SHAREGPT -> turns(row, "conversations", "from", "value", SHAREGPT_ROLES);
                    case PROMPT_COMPLETION -> pair(row, text(row, "prompt"), text(row, "completion"));
                    case ALPACA -> pair(row, instruction(row), text(row, "output"));
                    case SPANS, TEXT, CSV -> throw new IllegalArgumentException(format + " is read elsewhere");
                };
        boolean compared = format == UploadFormat.PREFERENCE || row.hasNonNull("rejected");
        return judged(checked(messages, choices(row)), compared ? answer(row, "rejected") : null, row)
                .from(RowMarks.source(row));
    }

    private static Example document(JsonNode row) {
        for (String field : List.of("messages", "chosen", "rejected", "choices", "label", "spans", "weight")) {
            if (row.hasNonNull(field)) {
                throw new InvalidRowException(field, "has no meaning in a row that is a document (text)");
            }
        }
        String source = RowMarks.source(row);
        if (source != null && !source.equals(GENERAL)) {
            throw new InvalidRowException("source", "is " + source + ", must be domain (the default) or general");
        }
        return Example.document(text(row, "text"), source);
    }

    private static Example judged(Example example, @Nullable String rejected, JsonNode row) {
        if (example.answer().equals(rejected)) {
            throw new InvalidRowException("rejected", "is the same as the preferred answer");
        }
        return new Example(
                example.messages(), example.choices(), rejected, RowMarks.label(row), null, RowMarks.weight(row));
    }

    /** Checks turns and choices of a row whose last message is the answer. */
    static Example checked(List<Message> messages, @Nullable List<String> choices) {
        checkTurns(messages);
        Message last = messages.get(messages.size() - 1);
        if (!Message.ASSISTANT.equals(last.role())) {
            throw new InvalidRowException("messages", "the last message must be the assistant's answer");
        }
        if (choices != null && !choices.contains(last.content())) {
            throw new InvalidRowException("choices", "do not contain the answer");
        }
        return new Example(messages, choices);
    }

    static void checkTurns(List<Message> messages) {
        for (int i = 0; i < messages.size(); i++) {
            String role = messages.get(i).role();
            if (Message.SYSTEM.equals(role) && i > 0) {
                throw new InvalidRowException("messages[" + i + "].role", "only the first message may be of system");
            }
        }
        if (messages.stream().noneMatch(message -> Message.USER.equals(message.role()))) {
            throw new InvalidRowException("messages", "has no message of user");
        }
    }

    private static List<Message> turns(
            JsonNode row, String list, String roleField, String textField, Map<String, String> roles) {
        JsonNode turns = row.path(list);
        if (!turns.isArray() || turns.isEmpty()) {
            throw new InvalidRowException(
                    list, "must be a list of at least " + (list.equals("prompt") ? "one turn" : "two turns"));
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < turns.size(); i++) {
            String at = list + "[" + i + "].";
            String given = at(turns.get(i), roleField, at);
            String role = roles.isEmpty() ? given : roles.getOrDefault(given, given);
            if (!ROLES.contains(role)) {
                throw new InvalidRowException(at + roleField, "is " + given + ", must be system, user or assistant");
            }
            messages.add(new Message(role, at(turns.get(i), textField, at)));
        }
        return messages;
    }

    /** The field names of TRL: prompt (a text, or turns), chosen and rejected; turns may stand in messages, too. */
    private static List<Message> preference(JsonNode row) {
        if (row.path("prompt").isString()) {
            return pair(row, text(row, "prompt"), answer(row, "chosen"));
        }
        String field = row.has("messages") ? "messages" : "prompt";
        if (!row.hasNonNull(field)) {
            throw new InvalidRowException(field, "is missing");
        }
        List<Message> messages = turns(row, field, "role", "content", Map.of());
        messages.add(new Message(Message.ASSISTANT, answer(row, "chosen")));
        return messages;
    }

    /** An answer as a text, as a message, or as a list of one message. */
    private static String answer(JsonNode row, String field) {
        JsonNode given = row.path(field);
        JsonNode message = given.isArray() && given.size() == 1 ? given.path(0) : given;
        if (given.isArray() && !message.isObject()) {
            throw new InvalidRowException(field, "must be a text or one message of assistant");
        }
        if (!message.isObject()) {
            return text(row, field);
        }
        String role = at(message, "role", field + ".");
        if (!Message.ASSISTANT.equals(role)) {
            throw new InvalidRowException(field + ".role", "is " + role + ", must be assistant");
        }
        return at(message, "content", field + ".");
    }

    private static List<Message> pair(JsonNode row, String prompt, String answer) {
        List<Message> messages = new ArrayList<>();
        if (row.hasNonNull("system") && !row.path("system").asString("").isBlank()) {
            messages.add(new Message(Message.SYSTEM, text(row, "system")));
        }
        messages.add(new Message(Message.USER, prompt));
        messages.add(new Message(Message.ASSISTANT, answer));
        return messages;
    }

    private static String instruction(JsonNode row) {
        String instruction = text(row, "instruction");
        boolean more =
                row.hasNonNull("input") && !row.path("input").asString("").isBlank();
        return more ? instruction + "\n\n" + text(row, "input") : instruction;
    }

    private static @Nullable List<String> choices(JsonNode row) {
        if (!row.hasNonNull("choices")) {
            return null;
        }
        JsonNode given = row.path("choices");
        if (!given.isArray() || given.size() < 2 || given.size() > MAX_CHOICES) {
            throw new InvalidRowException("choices", "must be a list of 2 to " + MAX_CHOICES + " texts");
        }
        List<String> choices = new ArrayList<>();
        for (JsonNode choice : given) {
            if (!choice.isString() || choice.asString().isBlank() || choices.contains(choice.asString())) {
                throw new InvalidRowException("choices", "must be different texts");
            }
            choices.add(whole("choices", choice.asString()));
        }
        return choices;
    }

    private static String text(JsonNode row, String field) {
        return at(row, field, "");
    }

    static String at(JsonNode node, String field, String prefix) {
        JsonNode value = node.path(field);
        if (value.isMissingNode() || value.isNull()) {
            throw new InvalidRowException(prefix + field, "is missing");
        }
        if (!value.isString()) {
            throw new InvalidRowException(prefix + field, "must be text");
        }
        if (value.asString().isBlank()) {
            throw new InvalidRowException(prefix + field, "is empty");
        }
        return whole(prefix + field, value.asString());
    }

    /** JSON's escapes can name half a character, which no file can hold. */
    private static String whole(String field, String text) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidRowException(field, "has half of a surrogate pair");
        }
        return text;
    }
}
