package dev.paddock.llama.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A hostile template neither hangs nor exhausts memory, and nothing but a named refusal comes out of it. */
class ChatTemplateBoundsTest {
    private static final List<String> PIECES = List.of(
            "{{",
            "}}",
            "{%",
            "%}",
            "{#",
            "#}",
            "{%-",
            "-%}",
            "{{-",
            "-}}",
            "{% if x %}",
            "{% endif %}",
            "{% for a in l %}",
            "{% endfor %}",
            "{% else %}",
            "{% set a = l %}",
            "{% set b %}",
            "{% endset %}",
            "{% macro m(a, b=1) %}",
            "{% endmacro %}",
            "{{ m(1) }}",
            "{% raw %}",
            "{% endraw %}",
            " x ",
            "l",
            "[",
            "]",
            "(",
            ")",
            "{",
            "}",
            "|",
            ".",
            ",",
            ":",
            "~",
            "+",
            "-",
            "*",
            "**",
            "//",
            "%",
            "==",
            "<",
            "not",
            "in",
            "is",
            "and",
            "or",
            "if",
            "else",
            "'s'",
            "\"t\"",
            "1",
            "2.5",
            "1e308",
            "99999999999",
            "true",
            "none",
            "upper",
            "join",
            "map",
            "select",
            "tojson",
            "sort",
            "length",
            "defined",
            "string",
            "odd",
            "range",
            "namespace",
            "loop",
            "loop.index",
            "strip",
            "split",
            "format",
            "{}",
            "\n",
            " ",
            "\\",
            "'",
            "\"",
            "é",
            "🙂",
            "=",
            "first",
            "batch",
            "round",
            "int",
            "sum",
            "::",
            "-1",
            "\u0000");

    @Test
    void wastefulTemplatesAreRefusedInTime() {
        List<String> hostile = List.of(
                "{% for a in range(99999) %}{% for b in range(99999) %}{% for c in range(99999) %}{% endfor %}{% endfor %}{% endfor %}",
                "{{ 'a' * 999999999 }}",
                "{{ [0] * 999999999 }}",
                "{% set n = namespace(s='aaaaaaaa') %}{% for i in range(99999) %}{% set n.s = n.s + n.s %}{% endfor %}",
                "{% set n = namespace(s=[1]) %}{% for i in range(99999) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s }}",
                "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s|tojson }}",
                "{% set n = namespace(s=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% endfor %}{{ n.s == [n.s[0], n.s[1]] }}",
                "{% set n = namespace(s=[1], t=[1]) %}{% for i in range(60) %}{% set n.s = [n.s, n.s] %}{% set n.t = [n.t, n.t] %}{% endfor %}{{ n.s == n.t }}{{ n.s < n.t }}",
                "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
                "{{ 2 ** 99999999 }}",
                "{% set n = namespace(i=3) %}{% for i in range(999) %}{% set n.i = n.i * n.i %}{% endfor %}",
                "{{ '%9999s' % 'x' }}{% for i in range(99999) %}{{ '%9999s' % 'x' }}{% endfor %}",
                "{% for i in range(99999) %}{{ ('x' * 9999)|replace('x', 'y' * 999) }}{% endfor %}",
                "{% for i in range(99999) %}{{ ('x ' * 9999).split()|sort|join|length }}{% endfor %}",
                "{% for i in range(99999) %}{{ 'x'|indent(9999, true) }}{% endfor %}",
                "{{ range(99999)|map('string')|join(', ' * 9999) }}",
                "{{ range(99999)|batch(1, 2)|list }}{{ range(1)|batch(999999999, 'x')|list }}");
        for (String template : hostile) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatThrownBy(
                            () -> ChatTemplate.parse(template).render(Map.of()))
                    .as(template)
                    .isInstanceOf(ChatTemplateException.class));
        }
    }

    @Test
    void deepNestingIsRefused() {
        for (String deep :
                List.of("(", "[", "{1:", "not ", "-", "x[", "x(", "{% if x %}", "{% for a in b %}", "1 if 1 else ")) {
            String source = deep.startsWith("{%") ? deep.repeat(9999) : "{{ " + deep.repeat(3_000);
            assertThatThrownBy(() -> ChatTemplate.parse(source)).as(deep).isInstanceOf(ChatTemplateException.class);
        }
        String chained = "{{ x" + "|upper".repeat(99_999) + " }}";
        assertThatThrownBy(() -> ChatTemplate.parse(chained).render(Map.of("x", "a")))
                .isInstanceOf(ChatTemplateException.class);
    }

    @Test
    void arbitraryTextIsRenderedOrRefused() {
        Random random = new Random(20260307);
        Map<String, Object> variables = Map.of("x", 1, "l", List.of(1, "a", 2.5), "s", "text", "d", Map.of("k", "v"));
        int rendered = 0;
        for (int i = 0; i < 30_000; i++) {
            String template = random(random);
            try {
                ChatTemplate.parse(template).render(variables);
                rendered++;
            } catch (ChatTemplateException refused) {
                assertThat(refused.getMessage()).isNotBlank();
            } catch (RuntimeException other) {
                throw new AssertionError("template <<" + template + ">>", other);
            }
        }
        assertThat(rendered).isGreaterThan(100);
    }

    @Test
    void messagesAreNeverTemplates() {
        ChatTemplate template = ChatTemplate.parse("{% for m in messages %}{{ m.content }}{% endfor %}");
        String hostile = "{{ 6*7 }}{% for x in y %}{{ messages.__class__ }}";
        String prompt =
                template.render(List.of(new ChatMessage("user", hostile)), null, true, Map.of(), Clock.systemUTC());
        assertThat(prompt).isEqualTo(hostile);
    }

    @Test
    void whatIsNotSupportedIsNamedWithItsLine() {
        Map<String, String> refused = Map.of(
                "\n{% include 'x' %}", "line 2: not supported: the tag 'include'",
                "{% for a in b recursive %}{% endfor %}", "line 1: not supported: a recursive loop",
                "\n\n{{ x|pprint }}", "line 3: not supported: the filter 'pprint'",
                "{{ x is filter }}", "line 1: not supported: the test 'filter'",
                "{{ f(*a) }}", "line 1: not supported: unpacked arguments (*)",
                "{{ joiner(',') }}", "line 1: not supported: the name 'joiner'");
        refused.forEach((template, message) -> assertThatThrownBy(() -> ChatTemplate.parse(template))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContaining(message));
        assertThatThrownBy(() -> ChatTemplate.parse("\n{{ 'a'.swapcase() }}").render(Map.of()))
                .hasMessageContaining("line 2: not supported: attribute 'swapcase' of str");
    }

    @Test
    void javaIsOutOfReach() {
        assertThat(ChatTemplate.parse("{{ x.class }}{{ x.getClass }}{{ x['class'] }}{{ l.class }}{{ l.stream }}")
                        .render(Map.of("x", "text", "l", List.of(1))))
                .isEmpty();
        assertThatThrownBy(() -> ChatTemplate.parse("{{ x }}").render(Map.of("x", new Object())))
                .isInstanceOf(ChatTemplateException.class)
                .hasMessageContaining("not plain data");
    }

    private static String random(Random random) {
        StringBuilder template = new StringBuilder(random.nextBoolean() ? "{{ " : "");
        for (int i = random.nextInt(14); i >= 0; i--) {
            template.append(PIECES.get(random.nextInt(PIECES.size())));
            template.append(random.nextBoolean() ? " " : "");
        }
        return template.append(random.nextBoolean() ? " }}" : "").toString();
    }
}
