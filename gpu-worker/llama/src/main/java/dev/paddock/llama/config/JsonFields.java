package dev.paddock.llama.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/** Fields of a JSON object by name; a missing or null field has no value, one of the wrong kind is refused with its value. */
record JsonFields(JsonNode node, String prefix) {
    JsonFields(JsonNode node) {
        this(node, "");
        if (!node.isObject()) {
            throw new MalformedModelFileException("config.json is " + node.getNodeType() + "; it must be an object");
        }
    }

    Optional<JsonNode> find(String name) {
        return Optional.ofNullable(node.get(name)).filter(value -> !value.isNull());
    }

    Optional<JsonFields> object(String name) {
        return find(name).map(value -> new JsonFields(checked(name, value, value.isObject(), "an object"), name + "."));
    }

    OptionalInt integer(String name) {
        return find(name).map(value -> OptionalInt.of(asInteger(name, value))).orElse(OptionalInt.empty());
    }

    int requiredInteger(String name) {
        return integer(name).orElseThrow(() -> missing(name));
    }

    Optional<Double> number(String name) {
        return find(name)
                .map(value -> checked(name, value, value.isNumber(), "a number").doubleValue());
    }

    double requiredNumber(String name) {
        return number(name).orElseThrow(() -> missing(name));
    }

    boolean flag(String name, boolean otherwise) {
        return find(name)
                .map(value ->
                        checked(name, value, value.isBoolean(), "true or false").booleanValue())
                .orElse(otherwise);
    }

    Optional<String> text(String name) {
        return find(name)
                .map(value -> checked(name, value, value.isString(), "a text").stringValue());
    }

    /** One integer or a list of them. */
    List<Integer> integers(String name) {
        List<Integer> integers = new ArrayList<>();
        find(name).ifPresent(value -> {
            if (value.isArray()) {
                value.forEach(element -> integers.add(asInteger(name, element)));
            } else {
                integers.add(asInteger(name, value));
            }
        });
        return integers;
    }

    List<Double> requiredNumbers(String name) {
        JsonNode value = find(name).orElseThrow(() -> missing(name));
        List<Double> numbers = new ArrayList<>();
        checked(name, value, value.isArray(), "a list of numbers")
                .forEach(element -> numbers.add(
                        checked(name, element, element.isNumber(), "a number").doubleValue()));
        return numbers;
    }

    private int asInteger(String name, JsonNode value) {
        return checked(name, value, value.isIntegralNumber() && value.canConvertToInt(), "a 32-bit integer")
                .intValue();
    }

    private JsonNode checked(String name, JsonNode value, boolean holds, String rule) {
        if (!holds) {
            throw new MalformedModelFileException(prefix + name + " is " + value + "; it must be " + rule);
        }
        return value;
    }

    private MalformedModelFileException missing(String name) {
        return new MalformedModelFileException(prefix + name + " is missing in config.json");
    }
}
