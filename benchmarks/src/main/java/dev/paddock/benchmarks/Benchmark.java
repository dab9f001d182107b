package dev.paddock.benchmarks;

import dev.paddock.catalogue.EntryKind;
import java.util.List;

/**
 * Something whose speed or memory is measured, beside a peer where one is installed.
 *
 * @param <P> its sizes
 */
@EntryKind("benchmark")
public interface Benchmark<P extends Record> {
    /** Measures in this process, which does nothing else. */
    List<Figure> run(P params, Bench bench);
}
