package dev.paddock.local.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes the support tickets of the fictional company, as rows of messages with the routing code as answer. The same seed
 * and count give the same bytes on every platform; no two tickets of one file have the same text.
 */
public final class TicketGenerator {
    /** What the model is told before every ticket. */
    public static final String SYSTEM = "Give the Harrow & Pike routing code for this ticket.";

    private static final List<String> OPENINGS = List.of(
            "", "", "", "Hello, ", "Hi team, ", "Good morning, ", "Please help: ", "Urgent: ", "Again: ", "For your information, ",
            "Reported by a customer: ", "Second report: ");
    private static final List<String> PLACES = List.of(
            "Leeds", "York", "Hull", "Sheffield", "Bradford", "Harrogate", "Halifax", "Selby", "Wakefield", "Doncaster", "Ripon",
            "Whitby");
    private static final List<String> SITES = List.of(
            "at the station", "next to the supermarket", "in the car park", "at the petrol station", "in the shopping centre",
            "behind the town hall", "at the university", "by the harbour");
    private static final List<String> TIMES = List.of(
            "since this morning", "since yesterday", "since Monday", "for two days", "since the weekend", "since last night", "again",
            "since the firmware update", "for an hour");
    private static final List<String> CLOSINGS = List.of(
            "", "", "", "Thanks.", "Please send someone.", "Can you look into it?", "Regards, Sam.", "Who takes care of it?",
            "We need this today.");

    private final Random random;

    private TicketGenerator(long seed) {
        random = new Random(seed);
    }

    /** All routing codes a ticket can have, in a fixed order. */
    public static List<String> codes() {
        return Stream.of(TicketKind.values()).map(TicketKind::code).toList();
    }

    /**
     * The tickets as JSONL, one {@code {"messages": […], "choices": […]}} a line, every kind equally often, in mixed order.
     *
     * @param count number of tickets, 1 to 10,000
     */
    public static byte[] jsonLines(long seed, int count) {
        if (count < 1 || count > 10_000) {
            throw new IllegalArgumentException("count is " + count + ", it must be between 1 and 10000");
        }
        StringBuilder lines = new StringBuilder();
        new TicketGenerator(seed).tickets(count).forEach(ticket -> lines.append(ticket).append('\n'));
        return lines.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Writes tickets to a file: {@code FILE [SEED [COUNT]]}. */
    public static void main(String[] arguments) throws IOException {
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 480;
        Files.write(Path.of(arguments[0]), jsonLines(seed, count));
    }

    private List<String> tickets(int count) {
        Set<String> texts = new LinkedHashSet<>();
        List<String> rows = new ArrayList<>();
        while (rows.size() < count) {
            TicketKind kind = TicketKind.values()[rows.size() % TicketKind.values().length];
            String text = text(kind);
            if (texts.add(text)) {
                rows.add(row(text, kind.code()));
            }
        }
        Collections.shuffle(rows, random);
        return rows;
    }

    private String text(TicketKind kind) {
        List<String> parts = new ArrayList<>();
        parts.add(sentence(kind));
        if (random.nextInt(3) > 0) {
            parts.add(capitalized(any(kind.details())) + ".");
        }
        parts.add(any(CLOSINGS));
        parts.removeIf(String::isEmpty);
        String text = any(OPENINGS) + String.join(" ", parts);
        return noisy(capitalized(text));
    }

    private String sentence(TicketKind kind) {
        String trouble = any(kind.subjects()) + " " + any(kind.troubles());
        String place = "in " + any(PLACES);
        return switch (random.nextInt(5)) {
            case 0 -> trouble + " " + any(SITES) + " " + place + ".";
            case 1 -> "locker " + (10 + random.nextInt(90)) + " " + place + ": " + trouble + ".";
            case 2 -> trouble + ", " + place + ", " + any(TIMES) + ".";
            case 3 -> place + " " + trouble + " " + any(TIMES) + ".";
            default -> any(SITES) + " " + place + " " + trouble + ".";
        };
    }

    /** A few tickets are typed in a hurry. */
    private String noisy(String text) {
        return switch (random.nextInt(12)) {
            case 0 -> text.toLowerCase(Locale.ROOT);
            case 1 -> text.replace(".", "");
            case 2 -> swapped(text);
            default -> text;
        };
    }

    private String swapped(String text) {
        int at = 1 + random.nextInt(text.length() - 2);
        return text.substring(0, at) + text.charAt(at + 1) + text.charAt(at) + text.substring(at + 2);
    }

    private static String capitalized(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String any(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private static String row(String text, String code) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("messages", List.of(message("system", SYSTEM), message("user", text), message("assistant", code)));
        row.put("choices", codes());
        return JsonMapper.shared().writeValueAsString(row);
    }

    private static Map<String, String> message(String role, String content) {
        Map<String, String> message = new LinkedHashMap<>();
        message.put("role", role);
        message.put("content", content);
        return message;
    }
}
