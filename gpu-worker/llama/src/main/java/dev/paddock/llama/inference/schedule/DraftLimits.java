package dev.paddock.llama.inference.schedule;

/**
 * How far answers may be guessed ahead in a step.
 *
 * @param tokens most tokens guessed for a sequence; 0 for none
 * @param batch answers in a step from which on nothing is guessed
 * @param rows most rows of a step's answers, guessed ones among them
 */
public record DraftLimits(int tokens, int batch, int rows) {
    /** Nothing is guessed. */
    public static final DraftLimits NONE = new DraftLimits(0, 0, 0);

    /** Tokens that each of a step's answers may have guessed. */
    int each(int answers) {
        return answers == 0 || answers >= batch ? 0 : Math.max(0, Math.min(tokens, (rows - answers) / answers));
    }
}
