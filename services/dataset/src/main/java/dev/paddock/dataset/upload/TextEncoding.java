package dev.paddock.dataset.upload;

import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The encoding that a content type names. */
final class TextEncoding {
    private static final Pattern CHARSET =
            Pattern.compile(";\\s*charset\\s*=\\s*[\"']?([^\"';\\s]*)", Pattern.CASE_INSENSITIVE);
    private static final Set<String> READ = Set.of("utf-8", "utf8", "us-ascii", "ascii");

    private TextEncoding() {}

    /** Refuses bytes that say themselves that they are not UTF-8. */
    static void requireUtf8(@Nullable String contentType) {
        Matcher named = CHARSET.matcher(contentType == null ? "" : contentType);
        if (named.find() && !READ.contains(named.group(1).toLowerCase(Locale.ROOT))) {
            throw new ProblemException(
                    CommonProblem.UNSUPPORTED_MEDIA_TYPE,
                    "the charset is " + named.group(1) + ": rows are read as UTF-8, save the file as that");
        }
    }
}
