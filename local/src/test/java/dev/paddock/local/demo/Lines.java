package dev.paddock.local.demo;

import java.util.ArrayList;
import java.util.List;

/** A screen that remembers its lines. */
final class Lines implements DemoScreen {
    final List<String> shown = new ArrayList<>();

    @Override
    public void stage(String name) {}

    @Override
    public void line(String text) {
        shown.add(text);
    }

    @Override
    public void progress(long done, long total, String text) {}

    @Override
    public void done(String name, double seconds) {}
}
