package dev.paddock.llama.tokenizer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Tokens by id with their bytes, and which of them are special. */
final class Vocabulary {
    private final @Nullable Token[] tokens;
    private final Map<String, Integer> ids = new HashMap<>();

    Vocabulary(Map<Integer, Token> byId) {
        int size = byId.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        tokens = new Token[size];
        byId.forEach((id, token) -> {
            tokens[id] = token;
            ids.merge(token.text(), id, Math::min);
        });
    }

    int size() {
        return tokens.length;
    }

    OptionalInt id(String text) {
        Integer id = ids.get(text);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
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
