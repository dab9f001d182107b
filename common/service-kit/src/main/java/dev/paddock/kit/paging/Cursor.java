package dev.paddock.kit.paging;

import dev.paddock.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Keys of lists as opaque text. */
final class Cursor {
    private Cursor() {}

    static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    static String decode(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw ProblemException.invalid("cursor", cursor, "must be the next of an earlier page");
        }
    }
}
