package dev.paddock.llama.template;

import java.util.Map;

/** Jinja's {@code namespace} object: the only thing a template may change. */
record Namespace(Map<String, Object> attributes) {
    void assign(String name, Object value) {
        if (name.startsWith("_")) {
            throw new ChatTemplateException("a namespace attribute may not start with an underscore: " + name);
        }
        attributes.put(name, value);
    }
}
