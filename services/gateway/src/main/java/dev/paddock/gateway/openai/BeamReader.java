package dev.paddock.gateway.openai;

import dev.paddock.contracts.inference.BeamSearch;
import dev.paddock.gateway.error.OpenAiException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Beam search in vLLM's terms, {@code use_beam_search} with {@code n}, {@code best_of}, {@code length_penalty} and
 * {@code early_stopping}; the worker knows what else it does not go with.
 */
final class BeamReader {
    private static final int MOST_BEAMS = 16;
    private static final String SWITCH = "use_beam_search";
    private static final String BEST_OF = "best_of";
    private static final String PENALTY = "length_penalty";
    private static final String STOPPING = "early_stopping";

    private BeamReader() {}

    /** Null where none is asked for; its parameters then ask for nothing. */
    static @Nullable BeamSearch read(RequestFields fields, @Nullable Integer n) {
        int choices = n == null ? 1 : n;
        boolean searched = fields.flag(SWITCH);
        BeamSearch asked = new BeamSearch(
                fields.integer(BEST_OF, 1, searched ? MOST_BEAMS : SamplingReader.MOST_CHOICES),
                fields.decimal(PENALTY, -10, 10),
                stopping(fields));
        if (searched) {
            check(asked, choices, fields.flag("stream"));
            return asked;
        }
        refuseAlone(asked, choices);
        return null;
    }

    private static void check(BeamSearch asked, int choices, boolean stream) {
        if (choices > MOST_BEAMS) {
            throw invalid("n", "Invalid 'n': %d; a beam search has at most %d.".formatted(choices, MOST_BEAMS));
        }
        Integer bestOf = asked.bestOf();
        if (bestOf != null && bestOf < choices) {
            throw invalid(
                    BEST_OF,
                    "Invalid 'best_of': %d; it must be no less than 'n', which is %d.".formatted(bestOf, choices));
        }
        if (stream) {
            throw invalid("stream", "A beam search has no answer before its end; leave 'stream' out.");
        }
    }

    private static void refuseAlone(BeamSearch asked, int choices) {
        Integer bestOf = asked.bestOf();
        Double penalty = asked.lengthPenalty();
        String stopping = asked.earlyStopping();
        if (bestOf != null && bestOf != choices) {
            throw UnsupportedParameters.unsupported(BEST_OF);
        }
        if (penalty != null && penalty != 1) {
            throw invalid(PENALTY, "'length_penalty' needs 'use_beam_search' to be true.");
        }
        if (stopping != null && !stopping.equals("false")) {
            throw invalid(STOPPING, "'early_stopping' needs 'use_beam_search' to be true.");
        }
    }

    private static @Nullable String stopping(RequestFields fields) {
        JsonNode value = fields.find(STOPPING).orElse(null);
        if (value == null) {
            return null;
        }
        boolean never = value.isString() && value.asString().equals("never");
        if (!value.isBoolean() && !never) {
            throw RequestFields.wrong(STOPPING, value, "true, false or \"never\"");
        }
        return never ? value.asString() : String.valueOf(value.booleanValue());
    }

    private static OpenAiException invalid(String name, String message) {
        return OpenAiException.invalid("invalid_value", name, message);
    }
}
