package dev.paddock.llama.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of texts as byte-level tokenizers cut them whose digits stand one by one, and how often each occurs. */
final class WordCounts {
    private static final Pattern WORD = Pattern.compile(
            "'(?:[sdmt]|ll|ve|re)| ?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+|\\s+(?![^\\s\\p{N}])|\\s+",
            Pattern.UNICODE_CHARACTER_CLASS);

    private WordCounts() {}

    /** Words in the characters that write their bytes. */
    static Map<String, Long> of(Iterable<String> texts) {
        Map<String, Long> counts = new HashMap<>();
        for (String text : texts) {
            Matcher matcher = WORD.matcher(text);
            while (matcher.find()) {
                String word = ByteLevel.encode(matcher.group().getBytes(StandardCharsets.UTF_8));
                counts.merge(word, 1L, Long::sum);
            }
        }
        return counts;
    }
}
