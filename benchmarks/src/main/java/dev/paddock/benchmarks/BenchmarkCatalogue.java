package dev.paddock.benchmarks;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.InvalidParametersException;
import dev.paddock.catalogue.Item;
import dev.paddock.catalogue.Parameters;
import dev.paddock.catalogue.UnknownEntryException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every benchmark on the class path. */
public final class BenchmarkCatalogue {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Catalogue<Benchmark<?>> catalogue = load();

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Catalogue<Benchmark<?>> load() {
        return (Catalogue) Catalogue.load(Benchmark.class);
    }

    /** All of them in the order of their ids. */
    public Collection<Item<Benchmark<?>>> items() {
        return catalogue.items();
    }

    /**
     * Refuses an order that no process need be started for.
     *
     * @throws BenchmarkException naming the value and the near names
     */
    public void check(BenchmarkOrder order) {
        try {
            Item<Benchmark<?>> item = catalogue.get(order.benchmark());
            item.parameters().bind(json(order.params()));
        } catch (UnknownEntryException | InvalidParametersException e) {
            throw new BenchmarkException(String.valueOf(e.getMessage()), e);
        }
    }

    List<Figure> run(BenchmarkOrder order, Bench bench) {
        Item<Benchmark<?>> item = catalogue.get(order.benchmark());
        return run(item.implementation(), item.parameters(), order.params(), bench);
    }

    @SuppressWarnings("unchecked")
    private static <P extends Record> List<Figure> run(
            Benchmark<P> benchmark, Parameters<?> parameters, Map<String, Object> params, Bench bench) {
        return benchmark.run((P) parameters.bind(json(params)), bench);
    }

    private static ObjectNode json(Map<String, Object> params) {
        return JSON.valueToTree(params);
    }
}
