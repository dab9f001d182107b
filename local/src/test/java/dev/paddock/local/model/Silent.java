package dev.paddock.local.model;

/** Progress that nobody watches. */
final class Silent implements Progress {
    @Override
    public void line(String text) {}

    @Override
    public void bar(String what, long done, long total) {}
}
