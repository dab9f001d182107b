package dev.paddock.benchmarks.profile;

import dev.paddock.benchmarks.Figure;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Time of operators without that of the operators which they call, read from a trace.
 *
 * @param shares by name, of the time from the first operator's begin to the last one's end; what is left is Java's and the script's
 */
public record OperatorTimes(Map<String, Double> shares) {
    private static final int MOST = 20;
    static final String OUTSIDE = "outside of operators";

    private record Event(String name, double begin, double duration) {
        double end() {
            return begin + duration;
        }
    }

    /** Reads Chrome's trace events of one thread. */
    public static OperatorTimes read(Path trace) {
        List<Event> events = new ArrayList<>();
        for (JsonNode event : JsonMapper.shared().readTree(trace)) {
            if (event.path("ph").asString("").equals("X")) {
                events.add(new Event(
                        event.path("name").asString(),
                        event.path("ts").asDouble(),
                        event.path("dur").asDouble()));
            }
        }
        return of(events);
    }

    private static OperatorTimes of(List<Event> events) {
        events.sort(Comparator.comparingDouble(Event::begin).thenComparing(Event::duration, Comparator.reverseOrder()));
        Map<String, Double> times = new HashMap<>();
        Deque<Event> open = new ArrayDeque<>();
        double covered = 0;
        for (Event event : events) {
            while (!open.isEmpty() && open.peek().end() <= event.begin()) {
                open.pop();
            }
            if (open.isEmpty()) {
                covered += event.duration();
            } else {
                times.merge(open.peek().name(), -event.duration(), Double::sum);
            }
            times.merge(event.name(), event.duration(), Double::sum);
            open.push(event);
        }
        double whole = events.stream().mapToDouble(Event::end).max().orElse(0)
                - events.stream().mapToDouble(Event::begin).min().orElse(0);
        times.put(OUTSIDE, whole - covered);
        times.replaceAll((name, time) -> time / whole);
        return new OperatorTimes(Map.copyOf(times));
    }

    /** The most expensive operators' shares in per cent. */
    public List<Figure> figures() {
        return shares.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST)
                .map(share -> Figure.once(share.getKey(), 100 * share.getValue(), "%", null))
                .toList();
    }
}
