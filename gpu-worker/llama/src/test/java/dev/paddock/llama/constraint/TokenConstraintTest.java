package dev.paddock.llama.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.schema.SchemaReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class TokenConstraintTest {
    private final Constraints constraints = new Constraints(new PiecesTokenizer(0, 1));

    @Test
    void aLanguageWhoseShortestTextIsTooLongIsRefusedWithItsLength() {
        String schema = "{\"type\":\"array\",\"minItems\":2000,\"items\":{\"type\":\"string\",\"minLength\":100000}}";
        assertThatThrownBy(() -> constraints.of(
                        schema, () -> SchemaReader.read(JsonMapper.shared().readTree(schema))))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("200006001 bytes")
                .hasMessageContaining("at most 32768");
    }

    @Test
    void eachOfAThousandChoicesCanBeReached() {
        List<String> choice =
                IntStream.range(1_000, 2_000).mapToObj(i -> "é" + i).toList();
        TokenConstraint constraint = constraints.of(choice, () -> Term.choice(Term.texts(choice)));
        choice.forEach(text -> assertReached(constraint, text));
    }

    @Test
    void eachOfAThousandConstantsCanBeReached() {
        List<String> values =
                IntStream.range(1_000, 2_000).mapToObj(i -> "\"" + i + "\"").toList();
        String schema = "{\"enum\":" + values + "}";
        TokenConstraint constraint = constraints.of(
                schema, () -> SchemaReader.read(JsonMapper.shared().readTree(schema)));
        values.forEach(text -> assertReached(constraint, text));
    }

    private static void assertReached(TokenConstraint constraint, String text) {
        ConstraintCursor cursor = constraint.start();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            int token = 1 + (value & 0xFF);
            assertThat(cursor.allowed(50).get(token)).as(text).isTrue();
            cursor.accept(token, new byte[] {value});
        }
        assertThat(cursor.ended()).as(text).isTrue();
    }
}
