package dev.paddock.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Word tables by name and ticket wordings by routing code, in the file's order. */
record TicketTables(Map<String, List<String>> words, Map<String, List<String>> wordings) {
    private static final String RESOURCE = "/paddock/demo/tickets.txt";
    private static final String TICKET = "@ticket ";

    TicketTables {
        words = Collections.unmodifiableMap(words);
        wordings = Collections.unmodifiableMap(wordings);
    }

    /** Reads the tables that come with the suite. */
    static TicketTables read() {
        try (InputStream in = Objects.requireNonNull(TicketTables.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TicketTables parse(String text) {
        Map<String, List<String>> words = new LinkedHashMap<>();
        Map<String, List<String>> wordings = new LinkedHashMap<>();
        List<String> table = new ArrayList<>();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith(TICKET)) {
                table = wordings.computeIfAbsent(line.substring(TICKET.length()), code -> new ArrayList<>());
            } else if (line.startsWith("@")) {
                table = words.computeIfAbsent(line.substring(1), name -> new ArrayList<>());
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                table.add(line);
            }
        }
        return new TicketTables(words, wordings);
    }

    List<String> codes() {
        return List.copyOf(wordings.keySet());
    }

    List<String> table(String name) {
        return Objects.requireNonNull(words.get(name), () -> RESOURCE + " has no table '" + name + "'");
    }

    List<String> wordingsOf(String code) {
        return Objects.requireNonNull(wordings.get(code), () -> RESOURCE + " has no tickets of '" + code + "'");
    }
}
