package dev.paddock.llama.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every rendering of the reference agrees byte for byte, every mistake is a mistake here too. */
class ChatTemplateReferenceTest {
    private static final int MINIMUM = 500;

    @Test
    void agreesWithJinja2() {
        ReferenceCases reference = ReferenceCases.read();
        List<String> different = new ArrayList<>();
        for (ReferenceCases.Case each : reference.cases()) {
            String difference = difference(each, reference);
            if (!difference.isEmpty()) {
                different.add(each.name() + "\n" + difference);
            }
        }
        assertThat(reference.cases()).hasSizeGreaterThan(MINIMUM);
        assertThat(different).as("%d renderings differ", different.size()).isEmpty();
    }

    private static String difference(ReferenceCases.Case each, ReferenceCases reference) {
        String result;
        try {
            result = ChatTemplate.parse(each.source()).render(each.variables(), reference.clock());
        } catch (ChatTemplateException mistake) {
            String message = String.valueOf(mistake.getMessage());
            return each.fails() && message.contains(each.expected())
                    ? ""
                    : "source   " + shortened(each.source()) + "\nexpected " + each.expected() + "\nbut      "
                            + message;
        }
        return !each.fails() && result.equals(each.expected())
                ? ""
                : "source   " + shortened(each.source()) + "\nexpected " + (each.fails() ? "a mistake: " : "")
                        + each.expected() + "\nbut      " + result;
    }

    private static String shortened(String source) {
        return source.length() > 3000 ? source.substring(0, 300) : source;
    }
}
