package dev.paddock.local.cli;

import dev.paddock.local.model.Progress;
import java.io.PrintWriter;

/** Lines and a progress bar for a person; where nobody watches (no terminal) the bar is a line now and then. */
final class Console implements Progress {
    private static final int WIDTH = 28;
    private static final long PAUSE = 100_000_000L;
    private static final long QUIET_PAUSE = 15_000_000_000L;

    private final PrintWriter out;
    private final boolean terminal = "1".equals(System.getenv("PADDOCK_TERMINAL"));
    private long lastDraw;
    private boolean drawn;

    Console(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void line(String text) {
        if (drawn) {
            out.print("\r\u001b[2K");
            drawn = false;
        }
        out.println(text);
        out.flush();
    }

    @Override
    public void bar(String what, long done, long total) {
        draw(what + "  " + bar(done, total), done >= total && total > 0);
    }

    /** Draws over the line of the bar. */
    void draw(String text, boolean last) {
        long now = System.nanoTime();
        if (!last && drawnRecently(now)) {
            return;
        }
        lastDraw = now;
        if (terminal) {
            out.print("\r\u001b[2K" + text + (last ? System.lineSeparator() : ""));
            drawn = !last;
        } else {
            out.println(text);
        }
        out.flush();
    }

    private boolean drawnRecently(long now) {
        return lastDraw != 0 && now - lastDraw < (terminal ? PAUSE : QUIET_PAUSE);
    }

    static String bar(long done, long total) {
        if (total <= 0) {
            return (done >> 10) + " KiB";
        }
        int filled = (int) Math.min(WIDTH, WIDTH * done / total);
        return "[" + "█".repeat(filled) + "·".repeat(WIDTH - filled) + "] " + Math.min(100, 100 * done / total) + " %";
    }
}
