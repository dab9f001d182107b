package dev.paddock.contracts.inference;

import java.util.List;

/**
 * The rendered prompt and its length in tokens.
 *
 * @param data characters (Unicode code points) at which the text of a control token begins that a message wrote: it is ordinary text
 */
public record RenderResponse(String prompt, int tokens, List<Integer> data) {
    public RenderResponse {
        data = List.copyOf(data);
    }
}
