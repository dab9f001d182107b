package dev.paddock.llama.chat;

import java.util.BitSet;

/**
 * A conversation written out with its template.
 *
 * @param text what jinja2 writes
 * @param data characters of the text at which a special token's text begins that a caller wrote: it is data, no token
 */
public record RenderedChat(String text, BitSet data) {
    public RenderedChat {
        data = (BitSet) data.clone();
    }

    @Override
    public BitSet data() {
        return (BitSet) data.clone();
    }

    /** Whether this begins with the other one, its data included. */
    public boolean startsWith(RenderedChat other) {
        return text.startsWith(other.text) && data.get(0, other.text.length()).equals(other.data);
    }
}
