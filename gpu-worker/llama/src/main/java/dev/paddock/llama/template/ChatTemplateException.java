package dev.paddock.llama.template;

import java.io.Serial;

/**
 * A chat template that cannot be read or rendered: wrong syntax, a construct that is not supported, a mistake at
 * rendering, work beyond the bounds, or the template's own {@code raise_exception}. The message names the construct and
 * the line.
 */
public final class ChatTemplateException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int line;

    /** A mistake at no known line. */
    public ChatTemplateException(String message) {
        this(message, 0);
    }

    ChatTemplateException(String message, int line) {
        super(line > 0 ? "chat template, line " + line + ": " + message : message);
        this.line = line;
    }

    static ChatTemplateException unsupported(String construct, int line) {
        return new ChatTemplateException("not supported: " + construct, line);
    }

    static ChatTemplateException unsupported(String construct) {
        return new ChatTemplateException("not supported: " + construct);
    }

    /** The same with a line where none was known. */
    ChatTemplateException at(int knownLine) {
        if (line > 0) {
            return this;
        }
        ChatTemplateException located = new ChatTemplateException(String.valueOf(getMessage()), knownLine);
        located.initCause(this);
        return located;
    }

    /** Line of the template, from 1, or 0 where none is known. */
    public int line() {
        return line;
    }
}
