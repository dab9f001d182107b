package dev.paddock.gateway.openai;

import dev.paddock.gateway.error.OpenAiException;
import java.util.Optional;

/**
 * {@code stream} and {@code stream_options}, which only a stream has.
 *
 * @param inPieces whether the answer is streamed
 * @param includesUsage whether its last piece tells the usage
 */
record Streaming(boolean inPieces, boolean includesUsage) {
    private static final String OPTIONS = "stream_options";

    static Streaming read(RequestFields fields) {
        boolean inPieces = fields.flag("stream");
        Optional<RequestFields> options = fields.within(OPTIONS);
        boolean includesUsage =
                options.map(given -> given.flag("include_usage")).orElse(false);
        if (options.isPresent() && !inPieces) {
            throw OpenAiException.invalid(
                    "invalid_value", OPTIONS, "'stream_options' is only allowed when 'stream' is true; leave it out.");
        }
        return new Streaming(inPieces, includesUsage);
    }
}
