package dev.paddock.llama.inference.beam;

/**
 * How answers are searched for.
 *
 * @param width beams that go on side by side, 1 or more
 * @param answers how many of the answers found are given, 1 to {@code width}
 * @param lengthPenalty an answer's log-probability is divided by this power of its tokens' number: 0 compares the bare sums, what is
 *     above favours longer and what is below shorter answers; any finite number
 * @param stopping when the search ends
 */
public record BeamSettings(int width, int answers, double lengthPenalty, EarlyStopping stopping) {
    public BeamSettings {
        if (width < 1 || answers < 1 || answers > width) {
            throw new IllegalArgumentException(
                    "%d answers of %d beams; there must be 1 or more beams, and 1 to as many answers"
                            .formatted(answers, width));
        }
        if (!Double.isFinite(lengthPenalty)) {
            throw new IllegalArgumentException("lengthPenalty is %s; it must be finite".formatted(lengthPenalty));
        }
    }
}
