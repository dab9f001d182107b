package dev.paddock.llama.constraint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.paddock.llama.constraint.grammar.ByteAutomaton;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.RegexParser;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions match what the JDK's own matcher finds, and answers match them. */
class RegexTest {
    private static final String LETTERS = "ab01-_ .\n\"é漢😀xyZ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a*b+",
                "(ab|ba){1,3}",
                "^[a-c0]+?$",
                "[^ab]",
                "\\d{2}|x",
                "\\w+\\s?",
                "^a.b$",
                "a|b|",
                "(?:0|1)*1",
                "[\\w-]+é",
                "[0-9a-]{2,}",
                "x{0}",
                "\\u0061\\x62",
                "a{,2}",
                "漢|\\u{1F600}",
                "[.\\]]",
                "\\S\\D",
                "^|b$",
                "(?<n>a)b"
            })
    void matchesLikeTheJdk(String expression) {
        Pattern jdk = Pattern.compile(expression
                .replace("\\u{1F600}", "😀")
                .replace("a{,2}", "a\\{,2}")
                .replace("$", "\\z"));
        CharacterRunAutomaton within = run(RegexParser.within(expression));
        CharacterRunAutomaton whole = run(RegexParser.whole(expression));
        Random random = new Random(7);
        for (int i = 0; i < 3_000; i++) {
            String text = text(random);
            assertThat(within.run(text))
                    .as("'%s' in '%s'", expression, text)
                    .isEqualTo(jdk.matcher(text).find());
            assertThat(whole.run(text))
                    .as("'%s' is '%s'", expression, text)
                    .isEqualTo(jdk.matcher(text).matches());
        }
    }

    @Test
    void answersMatchTheirExpression() {
        Writer writer = new Writer(new PiecesTokenizer(500, 5), 5);
        String expression = "(\\d{3}-){2}\\d{4}|[a-zé漢]{2,9}( true| null)*";
        Term language = Term.bytes(ByteAutomaton.of(RegexParser.whole(expression)));
        for (int i = 0; i < 300; i++) {
            Writer.Written written = writer.write(language);
            assertThat(written.whole()).as(written.text()).isTrue();
            assertThat(written.text()).matches(expression);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "(?=a)b look-around",
                "(a)\\1 references",
                "\\bword boundaries",
                "a** nothing",
                "[b-a] range",
                "a(b closed",
                "a)b closes",
                "\\p{L} supported",
                "(a{1000}){1000} states",
                "a^b anchor",
                "[ab early"
            })
    void whatIsNotRegularIsRefusedWithItsPlace(String expression, String reason) {
        assertThatThrownBy(() -> RegexParser.whole(expression))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining(expression)
                .hasMessageContaining(reason);
    }

    @Test
    void anExpressionThatBlowsUpIsRefused() {
        assertThatThrownBy(() -> ByteAutomaton.of(RegexParser.whole("(a|b)*a(a|b){30}")))
                .isInstanceOf(ConstraintException.class)
                .hasMessageContaining("too many states");
    }

    @Test
    void anExpressionOfTooManyTransitionsIsRefused() {
        for (String expression : List.of(
                "(a?){9999}",
                "a?".repeat(15_000),
                "(" + "a|".repeat(20_000) + "b)*",
                "a?".repeat(3_000) + "|" + "b?".repeat(3_000))) {
            assertThatThrownBy(() -> RegexParser.whole(expression))
                    .isInstanceOf(ConstraintException.class)
                    .hasMessageContaining("too many transitions");
        }
    }

    @Test
    void anExpressionOfManyOptionalPartsIsTaken() {
        Automaton optional = RegexParser.whole("(ab?){500}(c?){500}(d?){0,500}");
        assertThat(run(optional).run("ab".repeat(500) + "cd")).isTrue();
    }

    private static CharacterRunAutomaton run(Automaton automaton) {
        return new CharacterRunAutomaton(Operations.determinize(automaton, ByteAutomaton.EFFORT));
    }

    private static String text(Random random) {
        int[] letters = LETTERS.codePoints().toArray();
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(letters[random.nextInt(letters.length)]);
        }
        return text.toString();
    }
}
