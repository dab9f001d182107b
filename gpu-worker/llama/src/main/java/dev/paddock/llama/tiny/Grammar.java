package dev.paddock.llama.tiny;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A context-free grammar that writes text. Each line is {@code name = alternative | alternative}; a name in braces within an
 * alternative stands for one of that name's; with {@code #} and a digit it is the same one wherever a text has it. Lines that begin with {@code #} are comments; a name may have several lines.
 */
final class Grammar {
    private static final Pattern NAME = Pattern.compile("\\{([A-Za-z0-9.]+)(#\\d)?}");
    private static final int DEEPEST = 50;

    private final Map<String, List<String>> rules = new HashMap<>();

    Grammar(String text) {
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::add);
        rules.values().forEach(alternatives -> alternatives.forEach(this::check));
    }

    private void add(String line) {
        int equals = line.indexOf(" = ");
        if (equals < 0) {
            throw new IllegalArgumentException("a grammar line needs \" = \": " + line);
        }
        List<String> alternatives =
                rules.computeIfAbsent(line.substring(0, equals).strip(), name -> new ArrayList<>());
        for (String alternative : line.substring(equals + 3).split("\\|", -1)) {
            alternatives.add(alternative.strip());
        }
    }

    private void check(String alternative) {
        Matcher matcher = NAME.matcher(alternative);
        while (matcher.find()) {
            if (!rules.containsKey(matcher.group(1))) {
                throw new IllegalArgumentException("the grammar has no rule for " + matcher.group());
            }
        }
    }

    /** A name's alternatives as the grammar writes them. */
    List<String> alternatives(String name) {
        return List.copyOf(rules.getOrDefault(name, List.of()));
    }

    /** A text from a name; sentences begin with capitals where the grammar writes {@code ^} before a name. */
    String write(String name, Random random) {
        return capitalize(expand(name, random, 0, new HashMap<>()));
    }

    private String expand(String name, Random random, int depth, Map<String, String> remembered) {
        List<String> alternatives = rules.get(name);
        if (alternatives == null || depth > DEEPEST) {
            throw new IllegalArgumentException("the grammar cannot write " + name);
        }
        String alternative = alternatives.get(random.nextInt(alternatives.size()));
        Matcher matcher = NAME.matcher(alternative);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String written = matcher.group(2) == null ? null : remembered.get(matcher.group());
            if (written == null) {
                written = expand(matcher.group(1), random, depth + 1, remembered);
                remembered.put(matcher.group(), written);
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(written));
        }
        return matcher.appendTail(text).toString();
    }

    private static String capitalize(String text) {
        StringBuilder result = new StringBuilder();
        boolean upper = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '^') {
                upper = true;
            } else {
                result.append(upper ? Character.toUpperCase(character) : character);
                upper = false;
            }
        }
        return result.toString().replace("\\n ", "\n").replace("\\n", "\n");
    }
}
