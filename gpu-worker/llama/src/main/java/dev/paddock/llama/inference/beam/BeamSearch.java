package dev.paddock.llama.inference.beam;

import dev.paddock.llama.inference.sampling.TokenLogProbability;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/**
 * Keeps the likeliest ways to answer and lets all of them go on by a token at a time, as {@code generate(num_beams=…)} of transformers
 * does: of what follows all beams the likeliest {@code candidates()} are looked at; those among the first {@code width} that end are
 * found, and the first {@code width} that do not end go on.
 */
public final class BeamSearch {
    private static final Comparator<FoundBeam> BEST =
            Comparator.comparingDouble(FoundBeam::score).reversed();

    private final BeamSettings settings;
    private final int newTokens;
    private final int candidates;
    private final Predicate<Beam> ends;
    private final List<FoundBeam> found = new ArrayList<>();
    private List<Beam> beams = List.of(Beam.EMPTY);
    private int length;
    private boolean done;

    /** A token that may follow a beam, and how likely both are. */
    private record Candidate(int row, TokenLogProbability next, double logProbability) {}

    /**
     * A search that has not begun.
     *
     * @param newTokens most tokens of an answer, 1 or more
     * @param endTokens how many tokens end an answer: that many may follow a beam and leave it no way to go on
     * @param ends whether an answer is complete with its last token
     */
    public BeamSearch(BeamSettings settings, int newTokens, int endTokens, Predicate<Beam> ends) {
        if (newTokens < 1) {
            throw new IllegalArgumentException(
                    "newTokens is %d; a search needs one token or more".formatted(newTokens));
        }
        this.settings = settings;
        this.newTokens = newTokens;
        this.candidates = Math.multiplyExact(Math.max(2, 1 + endTokens), settings.width());
        this.ends = ends;
    }

    /** How many of the likeliest tokens after each beam are needed. */
    public int candidates() {
        return candidates;
    }

    /** The beams that go on, likeliest first; at first one without a token. */
    public List<Beam> beams() {
        return beams;
    }

    /** Tokens of each beam that goes on. */
    public int length() {
        return length;
    }

    /** Whether nothing better is looked for. */
    public boolean done() {
        return done;
    }

    /** The answers found, best first: as many as are to be given once the search is done. */
    public List<FoundBeam> answers() {
        return List.copyOf(found.subList(0, Math.min(settings.answers(), found.size())));
    }

    /**
     * Goes on by a token.
     *
     * @param rows what may follow each of the {@link #beams}, in their order
     * @return for each beam that now goes on, the index of the one that it continues
     */
    public List<Integer> advance(List<BeamRow> rows) {
        List<Candidate> best = best(rows);
        List<Beam> going = new ArrayList<>();
        List<Integer> parents = new ArrayList<>();
        int width = settings.width();
        length++;
        for (int rank = 0; rank < best.size() && (rank < width || going.size() < width); rank++) {
            Candidate candidate = best.get(rank);
            Beam beam = beams.get(candidate.row()).then(token(candidate, rows.get(candidate.row())));
            boolean complete = length == newTokens || ends.test(beam);
            if (complete && rank < width) {
                keep(beam);
            } else if (!complete && going.size() < width) {
                going.add(beam);
                parents.add(candidate.row());
            }
        }
        beams = List.copyOf(going);
        done = beams.isEmpty() || settled(beams.get(0));
        return parents;
    }

    private List<Candidate> best(List<BeamRow> rows) {
        List<Candidate> all = new ArrayList<>();
        for (int row = 0; row < rows.size(); row++) {
            for (TokenLogProbability next : rows.get(row).likeliest()) {
                all.add(new Candidate(row, next, beams.get(row).logProbability() + next.logProbability()));
            }
        }
        all.sort(Comparator.comparingDouble(Candidate::logProbability).reversed());
        return all.subList(0, Math.min(candidates, all.size()));
    }

    private static BeamToken token(Candidate candidate, BeamRow row) {
        TokenLogProbability next = candidate.next();
        return new BeamToken(next.token(), next.logProbability(), row.top(), row.routing());
    }

    private void keep(Beam beam) {
        found.add(new FoundBeam(beam, score(beam, length)));
        found.sort(BEST);
        if (found.size() > settings.width()) {
            found.remove(settings.width());
        }
    }

    private double score(Beam beam, int tokens) {
        return beam.logProbability() / Math.pow(tokens, settings.lengthPenalty());
    }

    private boolean settled(Beam likeliest) {
        if (found.size() < settings.width()) {
            return false;
        }
        double worst = found.get(found.size() - 1).score();
        return switch (settings.stopping()) {
            case FULL -> true;
            case LIKELY -> score(likeliest, length) <= worst;
            case SURE -> score(likeliest, settings.lengthPenalty() > 0 ? newTokens : length) <= worst;
        };
    }
}
