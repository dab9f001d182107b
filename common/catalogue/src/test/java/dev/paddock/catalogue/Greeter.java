package dev.paddock.catalogue;

/** A kind for tests. */
@EntryKind("greeter")
public interface Greeter<P extends Record> {
    String greet(P params);
}
