package dev.paddock.gateway.openai;

import org.jspecify.annotations.Nullable;

/**
 * How many tokens an answer may have: {@code max_completion_tokens}, and without it the older {@code max_tokens}.
 *
 * @param parameter the one that says so
 * @param most null where neither is given
 */
record TokenLimit(String parameter, @Nullable Integer most) {
    private static final int MOST = 1_000_000;
    private static final String NEWER = "max_completion_tokens";
    private static final String OLDER = "max_tokens";

    /** Either must be valid, also beside the other. */
    static TokenLimit read(RequestFields fields, int least) {
        Integer newer = fields.integer(NEWER, least, MOST);
        Integer older = fields.integer(OLDER, least, MOST);
        return newer == null ? new TokenLimit(OLDER, older) : new TokenLimit(NEWER, newer);
    }
}
