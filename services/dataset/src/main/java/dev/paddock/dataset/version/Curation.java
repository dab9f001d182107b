package dev.paddock.dataset.version;

import dev.paddock.dataset.recipe.RowSink;
import dev.paddock.dataset.row.Example;
import dev.paddock.dataset.row.JsonLinesWriter;
import dev.paddock.dataset.row.Origin;
import dev.paddock.dataset.row.Row;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Takes a recipe's rows, drops exact duplicates (the first stays) and writes down every decision. */
final class Curation implements RowSink {
    private final JsonLinesWriter candidates;
    private final JsonLinesWriter decisions;
    private final Map<RowKey, Origin> seen = new HashMap<>();
    private final Map<String, Integer> reasons = new TreeMap<>();
    private final RowGroups groups = new RowGroups();
    private int dropped;
    private int changed;

    Curation(JsonLinesWriter candidates, JsonLinesWriter decisions) {
        this.candidates = candidates;
        this.decisions = decisions;
    }

    @Override
    public void row(Example example, Origin origin, @Nullable Change change) throws IOException {
        Origin first = seen.putIfAbsent(key(example), origin);
        if (first != null) {
            dropped(origin, "duplicate", "the same messages as " + name(first));
            return;
        }
        if (change != null) {
            changed++;
            decide(new Decision(Decision.Action.CHANGED, change.reason(), change.detail(), origin));
        }
        Row row = Row.of(example, origin);
        groups.add(row);
        candidates.write(row);
    }

    private static RowKey key(Example example) {
        Stream<String> turns = example.messages().stream().flatMap(turn -> Stream.of(turn.role(), turn.content()));
        Stream<String> judgement = example.rejected() == null && example.label() == null
                ? Stream.empty()
                : Stream.of("judged", String.valueOf(example.rejected()), String.valueOf(example.label()));
        Stream<String> spans = example.spans() == null
                ? Stream.empty()
                : Stream.of("spans", example.spans().toString());
        Stream<String> text = example.text() == null ? Stream.empty() : Stream.of("text", example.text());
        return RowKey.of(
                Stream.of(turns, judgement, spans, text).flatMap(part -> part).toArray(String[]::new));
    }

    private static String name(Origin origin) {
        return origin.document() == null
                ? "row " + origin.row() + " of upload " + origin.upload()
                : "section " + origin.row() + " of document " + origin.document();
    }

    @Override
    public void dropped(Origin origin, String reason, String detail) throws IOException {
        dropped++;
        decide(new Decision(Decision.Action.DROPPED, reason, detail, origin));
    }

    private void decide(Decision decision) throws IOException {
        reasons.merge(decision.reason(), 1, Integer::sum);
        decisions.write(decision);
    }

    RowGroups groups() {
        return groups;
    }

    Map<String, Integer> reasons() {
        return reasons;
    }

    int dropped() {
        return dropped;
    }

    /** Rows that were changed and kept. */
    int changed() {
        return changed;
    }
}
