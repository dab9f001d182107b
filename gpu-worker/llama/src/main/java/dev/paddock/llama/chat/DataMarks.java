package dev.paddock.llama.chat;

import dev.paddock.llama.template.ChatTemplateException;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks special tokens that callers wrote so that they are known again in rendered text: the first character of each gives way
 * to a private-use character that occurs nowhere else. Texts keep their length.
 */
final class DataMarks {
    private static final char FIRST_PRIVATE = '\uE000';
    private static final char LAST_PRIVATE = '\uF8FF';

    private final Set<String> specialTokens;
    private final Map<Character, Character> marks = new HashMap<>();
    private final Map<Character, Character> originals = new HashMap<>();
    private final BitSet used = new BitSet();

    /** @param template whose own characters are no marks */
    DataMarks(Set<String> specialTokens, String template) {
        this.specialTokens = specialTokens;
        use(template);
    }

    /** Learns which characters a caller's value has; answers whether a special token is among its texts. */
    boolean read(@Nullable Object value) {
        boolean found = false;
        if (value instanceof String text) {
            use(text);
            found = specialTokens.stream().anyMatch(text::contains);
        } else if (value instanceof Collection<?> elements) {
            for (Object element : elements) {
                found |= read(element);
            }
        } else if (value instanceof Map<?, ?> map) {
            found = read(map.keySet());
            found |= read(map.values());
        }
        return found;
    }

    private void use(String text) {
        text.chars().filter(c -> c >= FIRST_PRIVATE && c <= LAST_PRIVATE).forEach(used::set);
    }

    /** The same value with its special tokens marked. All values have been {@link #read} before. */
    @Nullable Object mark(@Nullable Object value) {
        if (value instanceof String text) {
            return mark(text);
        }
        if (value instanceof Collection<?> elements) {
            return elements.stream().map(this::mark).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<@Nullable Object, @Nullable Object> marked = new LinkedHashMap<>();
            map.forEach((key, element) -> marked.put(mark(key), mark(element)));
            return marked;
        }
        return value;
    }

    String mark(String text) {
        StringBuilder marked = new StringBuilder(text);
        for (String token : specialTokens) {
            for (int at = text.indexOf(token); at >= 0; at = text.indexOf(token, at + 1)) {
                marked.setCharAt(at, marks.computeIfAbsent(text.charAt(at), this::newMark));
            }
        }
        return marked.toString();
    }

    private char newMark(char original) {
        int mark = used.nextClearBit(FIRST_PRIVATE);
        if (mark > LAST_PRIVATE) {
            throw new ChatTemplateException("the messages hold every private-use character there is; take one out");
        }
        used.set(mark);
        originals.put((char) mark, original);
        return (char) mark;
    }

    /** Rendered text with the marks taken out again. */
    RenderedChat unmark(String rendered) {
        StringBuilder text = new StringBuilder(rendered);
        BitSet data = new BitSet();
        for (int i = 0; i < text.length(); i++) {
            Character original = originals.get(text.charAt(i));
            if (original != null) {
                text.setCharAt(i, original);
                data.set(i);
            }
        }
        return new RenderedChat(text.toString(), data);
    }
}
