package dev.paddock.local.demo;

/** What a demonstration shows while it runs. */
public interface DemoScreen {
    void stage(String name);

    void line(String text);

    void progress(long done, long total, String text);

    void done(String name, double seconds);
}
