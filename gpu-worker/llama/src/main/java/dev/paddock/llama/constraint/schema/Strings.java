package dev.paddock.llama.constraint.schema;

import dev.paddock.llama.constraint.ConstraintException;
import dev.paddock.llama.constraint.grammar.Term;
import dev.paddock.llama.constraint.regex.RegexParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.Operations;

/** Strings: lengths in code points, patterns as ECMAScript has them, formats as expressions. */
final class Strings {
    private static final String DATE = "(?:000[1-9]|00[1-9]\\d|0[1-9]\\d{2}|[1-9]\\d{3})-(?:"
            + "(?:0[13578]|1[02])-(?:0[1-9]|[12]\\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\\d|30)|02-(?:0[1-9]|1\\d|2[0-8]))";
    private static final String TIME =
            "(?:[01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(?:\\.\\d{1,6})?(?:Z|[+-](?:0\\d|1[0-7]):[0-5]\\d)";
    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?";
    private static final String HOST = LABEL + "(?:\\." + LABEL + "){0,3}\\.[A-Za-z]{2,12}";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d{2}|[1-9]?\\d)";
    private static final Map<String, String> FORMATS = Map.of(
            "date",
            DATE,
            "time",
            TIME,
            "date-time",
            DATE + "T" + TIME,
            "uuid",
            "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "email",
            "[A-Za-z0-9_+-]{1,32}(?:\\.[A-Za-z0-9_+-]{1,16}){0,2}@" + HOST,
            "hostname",
            HOST,
            "ipv4",
            OCTET + "(?:\\." + OCTET + "){3}");

    private Strings() {}

    static Term read(SchemaReader reader, Keywords keywords) {
        int least = keywords.count("minLength", 0);
        int most = keywords.count("maxLength", Integer.MAX_VALUE);
        if (least > most) {
            return reader.nothing(keywords.at("minLength"), least + " is above maxLength, which is " + most);
        }
        boolean lengths = keywords.hasAny("minLength", "maxLength");
        List<Automaton> all = expressions(keywords);
        if (all.isEmpty()) {
            return lengths ? JsonText.string(least, most) : JsonText.anyString();
        }
        String name = keywords.has("pattern") ? "pattern" : "format";
        Automaton characters;
        try {
            Automaton together = all.size() == 1 ? all.get(0) : RegexParser.both(all.get(0), all.get(1));
            characters = lengths ? RegexParser.ofLength(together, least, most) : together;
        } catch (ConstraintException e) {
            throw keywords.wrong(name, String.valueOf(e.getMessage()));
        }
        return Operations.isEmpty(JsonText.escaped(characters))
                ? reader.nothing(keywords.at(name), "no string fits it")
                : JsonText.string(characters);
    }

    /** What the pattern and the format say, either or both. */
    private static List<Automaton> expressions(Keywords keywords) {
        List<Automaton> all = new ArrayList<>();
        String pattern = keywords.text("pattern");
        if (pattern != null) {
            try {
                all.add(RegexParser.within(pattern));
            } catch (ConstraintException e) {
                throw keywords.wrong("pattern", String.valueOf(e.getMessage()));
            }
        }
        String format = keywords.text("format");
        if (format != null) {
            String expression = FORMATS.get(format);
            if (expression == null) {
                throw keywords.wrong(
                        "format",
                        "'%s' is not supported; there are %s"
                                .formatted(format, String.join(", ", new TreeSet<>(FORMATS.keySet()))));
            }
            all.add(RegexParser.whole(expression));
        }
        return all;
    }
}
