package dev.paddock.local.demo;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes one ticket after the other from the tables; the same random numbers give the same tickets. */
final class TicketWriter {
    private static final Pattern SLOT = Pattern.compile("\\{([^{}]+)}");

    private final TicketTables tables;
    private final Random random;

    TicketWriter(TicketTables tables, Random random) {
        this.tables = tables;
        this.random = random;
    }

    /** A ticket of that routing code: a wording of its own, mostly with an opening, a closing or both. */
    String ticket(String code) {
        StringBuilder text = new StringBuilder();
        if (random.nextInt(10) < 5) {
            text.append(expand(draw(tables.table("opening")))).append(' ');
        }
        boolean goesOn = !text.isEmpty() && text.charAt(text.length() - 2) != '.';
        String wording = expand(draw(tables.wordingsOf(code)));
        text.append(goesOn ? wording : capitalised(wording));
        if (random.nextInt(10) < 5) {
            text.append(". ").append(expand(draw(tables.table("closing"))));
        } else if (random.nextInt(10) < 7) {
            text.append('.');
        }
        return random.nextInt(10) == 0 ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
    }

    /** Fills the innermost slots until none is left. */
    private String expand(String wording) {
        String text = wording;
        for (Matcher slot = SLOT.matcher(text); slot.find(); slot = SLOT.matcher(text)) {
            text = text.substring(0, slot.start()) + word(slot.group(1)) + text.substring(slot.end());
        }
        return text;
    }

    private String word(String slot) {
        return slot.contains("|") ? draw(List.of(slot.split("\\|", -1))) : draw(tables.table(slot));
    }

    private String draw(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
