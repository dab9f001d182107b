package dev.paddock.worker.guard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads RFC 4180 text with a header line; a bare line feed ends a row as well. */
final class Csv {
    private final String text;
    private int position;

    private Csv(String text) {
        this.text = text;
    }

    /** Rows by column name; cells that a row lacks are left out. */
    static List<Map<String, String>> rows(String text) {
        Csv csv = new Csv(text);
        List<String> header = csv.row();
        List<Map<String, String>> rows = new ArrayList<>();
        while (csv.position < text.length()) {
            List<String> cells = csv.row();
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < Math.min(header.size(), cells.size()); i++) {
                row.put(header.get(i), cells.get(i));
            }
            rows.add(row);
        }
        return rows;
    }

    private List<String> row() {
        List<String> cells = new ArrayList<>();
        do {
            cells.add(next('"') ? quoted() : plain());
        } while (next(','));
        next('\r');
        next('\n');
        return cells;
    }

    private String plain() {
        int start = position;
        while (position < text.length() && ",\r\n".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(start, position);
    }

    private String quoted() {
        StringBuilder cell = new StringBuilder();
        while (position < text.length()) {
            char c = text.charAt(position++);
            if (c == '"' && !next('"')) {
                return cell.toString();
            }
            cell.append(c);
        }
        throw new IllegalArgumentException("a quoted CSV cell does not end");
    }

    private boolean next(char c) {
        boolean found = position < text.length() && text.charAt(position) == c;
        position += found ? 1 : 0;
        return found;
    }
}
