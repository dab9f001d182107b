package dev.paddock.llama.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the calls in an answer as it grows. Text that may be a call is held back until its end shows whether it is one; what is none
 * leaves as text.
 */
public final class ToolCallReader {
    private static final String TAG = "<tool_call>";
    private static final String END_TAG = "</tool_call>";
    private static final String LIST = "[TOOL_CALLS]";
    private static final String PYTHON_TAG = "<|python_tag|>";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final ToolSyntax syntax;
    private final StringBuilder held = new StringBuilder();
    private final List<CalledTool> calls = new ArrayList<>();
    private boolean plain;

    public ToolCallReader(ToolSyntax syntax) {
        this.syntax = syntax;
    }

    /** Text that may leave now. */
    public String append(String piece) {
        held.append(piece);
        return switch (syntax) {
            case TAGGED -> tagged();
            case BARE -> untilNone("{", PYTHON_TAG);
            case LISTED -> untilNone(LIST, LIST);
        };
    }

    /** Text that is left at the answer's end. */
    public String finish() {
        String rest = held.toString();
        held.setLength(0);
        Optional<List<CalledTool>> found =
                switch (syntax) {
                    case TAGGED -> rest.startsWith(TAG) ? calls(rest.substring(TAG.length())) : Optional.empty();
                    case BARE -> plain ? Optional.empty() : calls(rest.replace(PYTHON_TAG, ""));
                    case LISTED -> rest.startsWith(LIST) ? calls(rest.substring(LIST.length())) : Optional.empty();
                };
        found.ifPresent(calls::addAll);
        return found.isPresent() ? "" : rest;
    }

    /** The calls so far. */
    public List<CalledTool> calls() {
        return List.copyOf(calls);
    }

    private String tagged() {
        StringBuilder free = new StringBuilder();
        boolean again = true;
        while (again) {
            int begin = held.indexOf(TAG);
            int end = begin < 0 ? -1 : end(begin + TAG.length());
            int leaves = begin < 0 ? held.length() - partOf(TAG) : begin;
            free.append(held, 0, leaves);
            held.delete(0, leaves);
            again = end >= 0;
            if (again) {
                String block = held.substring(0, end - leaves + END_TAG.length());
                held.delete(0, block.length());
                free.append(block(block));
            }
        }
        return calls.isEmpty() ? free.toString() : blankless(free);
    }

    /** The next end tag that is no part of a JSON string; -1 for none. */
    private int end(int from) {
        boolean text = false;
        for (int i = from; i < held.length(); i++) {
            char c = held.charAt(i);
            if (text && c == '\\') {
                i++;
            } else if (c == '"') {
                text = !text;
            } else if (!text && c == '<' && held.indexOf(END_TAG, i) == i) {
                return i;
            }
        }
        return -1;
    }

    /** Between and behind calls models write ends of lines that are no answer. */
    private static String blankless(StringBuilder text) {
        return text.toString().isBlank() ? "" : text.toString();
    }

    private String block(String block) {
        Optional<List<CalledTool>> found = calls(block.substring(TAG.length(), block.length() - END_TAG.length()));
        found.ifPresent(calls::addAll);
        return found.isPresent() ? "" : block;
    }

    /** Holds an answer that begins as calls do, and lets every other one go. */
    private String untilNone(String first, String other) {
        String begun = held.toString().stripLeading();
        boolean may = begun.startsWith(first)
                || begun.startsWith(other)
                || first.startsWith(begun)
                || other.startsWith(begun);
        plain |= !may;
        if (!plain) {
            return "";
        }
        String free = held.toString();
        held.setLength(0);
        return free;
    }

    /** Length of the longest end of the held text that begins a tag. */
    private int partOf(String tag) {
        for (int length = Math.min(tag.length() - 1, held.length()); length > 0; length--) {
            if (tag.startsWith(held.substring(held.length() - length))) {
                return length;
            }
        }
        return 0;
    }

    private Optional<List<CalledTool>> calls(String json) {
        try {
            JsonNode read = JSON.readTree(json.strip());
            List<CalledTool> found = new ArrayList<>();
            for (JsonNode call : read.isArray() ? read : List.of(read)) {
                JsonNode arguments = call.path(syntax.arguments());
                if (!call.path("name").isString() || !(arguments instanceof ObjectNode object)) {
                    return Optional.empty();
                }
                found.add(new CalledTool(call.path("name").asString(), object));
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
