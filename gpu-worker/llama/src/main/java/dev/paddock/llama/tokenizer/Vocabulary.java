package dev.paddock.llama.tokenizer;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tokens by id with their bytes, and which of them no text but a template may write. */
final class Vocabulary {
    private final @Nullable Token[] tokens;
    private final Map<String, Integer> ids = new HashMap<>();
    /** Longest first. */
    private final Set<String> guarded = new LinkedHashSet<>();

    private final Set<Character> guardedBegins = new HashSet<>();

    Vocabulary(Map<Integer, Token> byId) {
        int size = byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        tokens = new Token[size];
        byId.forEach((id, token) -> {
            tokens[id] = token;
            ids.merge(token.text(), id, Math::min);
        });
        byId.values().stream()
                .filter(token -> token.guarded() && !token.text().isEmpty())
                .map(Token::text)
                .sorted(Comparator.comparingInt(String::length).reversed())
                .forEach(guarded::add);
        guarded.forEach(token -> guardedBegins.add(token.charAt(0)));
    }

    Set<String> guarded() {
        return Collections.unmodifiableSet(guarded);
    }

    /** The longest guarded token written at a place of a text; empty where there is none. */
    String guardedAt(String text, int at) {
        if (guardedBegins.contains(text.charAt(at))) {
            for (String token : guarded) {
                if (text.startsWith(token, at)) {
                    return token;
                }
            }
        }
        return "";
    }

    int size() {
        return tokens.length;
    }

    OptionalInt id(String text) {
        Integer id = ids.get(text);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    boolean has(int id) {
        return id >= 0 && id < tokens.length && tokens[id] != null;
    }

    Token token(int id) {
        Token token = id < 0 || id >= tokens.length ? null : tokens[id];
        if (token == null) {
            throw new IllegalArgumentException("no token has the id " + id + "; ids lie within 0 and " + (size() - 1));
        }
        return token;
    }

    /** Concatenated bytes of ids; an id without a token, as padded embeddings have, stands for none. */
    byte[] bytes(int[] sequence, boolean skipSpecial) {
        List<byte[]> parts = Arrays.stream(sequence)
                .filter(id -> id >= 0 && id < tokens.length)
                .mapToObj(id -> tokens[id])
                .filter(token -> token != null && !(skipSpecial && token.special()))
                .map(Token::bytes)
                .toList();
        byte[] whole = new byte[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
