package dev.paddock.llama.inference.draft;

/**
 * How answers are guessed ahead (Leviathan et al. 2023, arXiv:2211.17192; Chen et al. 2023, arXiv:2302.01318).
 *
 * @param drafter what guesses
 * @param tokens most tokens that a step guesses for an answer, 1 or more
 * @param batch answers in a step from which on nothing is guessed: the machine is busy enough without; 1 or more
 */
public record Speculation(Drafter drafter, int tokens, int batch) {
    public Speculation {
        if (tokens < 1 || batch < 1) {
            throw new IllegalArgumentException("tokens %d, batch %d: both must be 1 or more".formatted(tokens, batch));
        }
    }
}
