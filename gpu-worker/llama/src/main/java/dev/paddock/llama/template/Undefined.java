package dev.paddock.llama.template;

/**
 * Jinja's default undefined value: prints as nothing, is false and empty; any other use fails with its message.
 *
 * @param message why nothing is defined here
 */
record Undefined(String message) {
    static Undefined name(String name) {
        return new Undefined("'" + name + "' is undefined");
    }

    static Undefined member(Object owner, Object name) {
        return new Undefined("'" + PythonTypes.name(owner) + "' has no member '" + name + "'");
    }

    ChatTemplateException failure() {
        return new ChatTemplateException(message);
    }
}
