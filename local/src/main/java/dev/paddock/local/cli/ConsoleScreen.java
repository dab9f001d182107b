package dev.paddock.local.cli;

import dev.paddock.local.demo.DemoScreen;
import java.util.Locale;

/** A demonstration on the terminal. */
final class ConsoleScreen implements DemoScreen {
    private final Console console;

    ConsoleScreen(Console console) {
        this.console = console;
    }

    @Override
    public void stage(String name) {
        console.line("");
        console.line("── " + name + " " + "─".repeat(Math.max(3, 60 - name.length())));
    }

    @Override
    public void line(String text) {
        console.line(text);
    }

    @Override
    public void progress(long done, long total, String text) {
        if (total > 0) {
            console.draw("  " + Console.bar(done, total) + "  " + text, false);
        }
    }

    @Override
    public void done(String name, double seconds) {
        console.line(String.format(Locale.ROOT, "  %s: %.1f s", name, seconds));
    }
}
