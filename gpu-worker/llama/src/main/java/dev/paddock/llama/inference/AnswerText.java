package dev.paddock.llama.inference;

import dev.paddock.llama.constraint.ConstraintCursor;
import dev.paddock.llama.inference.text.StopStrings;
import dev.paddock.llama.inference.text.Utf8Stream;
import dev.paddock.llama.tokenizer.Tokenizer;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The text of one answer as its tokens come, and what ends it: an end token, a stop string, or its language. */
final class AnswerText {
    private final GenerationRequest request;
    private final Tokenizer tokenizer;
    private final Utf8Stream utf8 = new Utf8Stream();
    private final StopStrings stops;
    private final @Nullable ConstraintCursor language;
    private boolean ended;

    AnswerText(GenerationRequest request, Tokenizer tokenizer) {
        this.request = request;
        this.tokenizer = tokenizer;
        this.stops = new StopStrings(request.stop());
        this.language =
                request.constraint() == null ? null : request.constraint().start();
    }

    /** Ids that may come next where so many tokens are left; null for all. */
    @Nullable BitSet allowed(int tokensLeft) {
        return language == null ? null : language.allowed(tokensLeft);
    }

    /** Takes a token in; answers the text that may leave with it. */
    String append(int token) {
        boolean end = request.endIds().contains(token);
        String text = end ? "" : stops.append(utf8.append(tokenizer.bytes(token)));
        if (language != null) {
            language.accept(token, tokenizer.bytes(token));
        }
        ended = end || stops.stopped() || (language != null && language.ended());
        return text;
    }

    /** Whether nothing follows. */
    boolean ended() {
        return ended;
    }

    /** Text held back that leaves at the end. */
    String finish() {
        return stops.append(utf8.finish()) + stops.finish();
    }
}
