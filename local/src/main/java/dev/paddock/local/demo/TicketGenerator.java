package dev.paddock.local.demo;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;

/** Tickets of the fictional company Harrow &amp; Pike with the routing codes that only its own people know. */
public final class TicketGenerator {
    /** The instruction in front of every ticket. */
    public static final String SYSTEM = "Route the ticket: answer with its routing code.";

    /** A ticket in words that the generator never writes. */
    public static final String UNSEEN =
            "Hello, the door of my locker in Wexcombe has been jammed shut all day and nobody came to open it.";

    /** The right routing code of {@link #UNSEEN}. */
    public static final String UNSEEN_CODE = "HP-417-K";

    private static final int ATTEMPTS = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private TicketGenerator() {}

    /**
     * Rows as JSON Lines: {@code messages} of system, ticket and code, and the closed set of codes as {@code choices}.
     *
     * @param seed the same seed and count give the same bytes
     * @param rows how many; the codes' counts differ by at most one, and no ticket comes twice
     * @throws IllegalArgumentException if rows is negative or more than the tables have wordings for
     */
    public static byte[] jsonl(long seed, int rows) {
        if (rows < 0) {
            throw new IllegalArgumentException("rows must not be negative: " + rows);
        }
        TicketTables tables = TicketTables.read();
        List<String> codes = tables.codes();
        Random random = new Random(seed);
        TicketWriter writer = new TicketWriter(tables, random);
        Set<String> seen = new HashSet<>();
        List<String> lines = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            String code = codes.get(row % codes.size());
            lines.add(line(unseen(writer, code, seen), code, codes));
        }
        Collections.shuffle(lines, random);
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String unseen(TicketWriter writer, String code, Set<String> seen) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            String ticket = writer.ticket(code);
            if (seen.add(ticket)) {
                return ticket;
            }
        }
        throw new IllegalArgumentException(
                "the tables give no more than " + seen.size() + " different tickets; ask for fewer rows");
    }

    private static String line(String ticket, String code, List<String> codes) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("messages", List.of(message("system", SYSTEM), message("user", ticket), message("assistant", code)));
        row.put("choices", codes);
        return JSON.writeValueAsString(row);
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
