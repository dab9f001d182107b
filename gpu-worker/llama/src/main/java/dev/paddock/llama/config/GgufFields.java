package dev.paddock.llama.config;

import java.util.Map;
import java.util.Optional;

/** GGUF metadata by key; a value of the wrong kind is refused with its value. */
record GgufFields(Map<String, Object> metadata) {
    Optional<Integer> integer(String key) {
        return find(key, Long.class, "an integer").map(value -> {
            if (value < 0 || value > Integer.MAX_VALUE) {
                throw new MalformedModelFileException(key + " is " + value + "; it must lie within 0 and 2^31 - 1");
            }
            return value.intValue();
        });
    }

    int requiredInteger(String key) {
        return integer(key).orElseThrow(() -> new MalformedModelFileException(key + " is missing in the metadata"));
    }

    Optional<Double> number(String key) {
        return find(key, Number.class, "a number").map(Number::doubleValue);
    }

    Optional<String> text(String key) {
        return find(key, String.class, "a text");
    }

    private <T> Optional<T> find(String key, Class<T> kind, String rule) {
        Object value = metadata.get(key);
        if (value != null && !kind.isInstance(value)) {
            throw new MalformedModelFileException(key + " is " + value + "; it must be " + rule);
        }
        return Optional.ofNullable(value).map(kind::cast);
    }
}
