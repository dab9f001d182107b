package dev.paddock.catalogue;

/** A kind for tests whose entries have examples. */
@EntryKind(value = "singer", examples = true)
public interface Singer<P extends Record> {}
