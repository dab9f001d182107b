package dev.paddock.llama.inference;

import dev.paddock.llama.adapter.JoinedAdapter;
import dev.paddock.llama.adapter.JoinedUpdate;
import dev.paddock.llama.adapter.Projection.Group;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An adapter on its way into an executor's own form, one layer after the other, while the executor's steps go on.
 *
 * @param add copies the next layer's updates, those of all products in their order
 * @param prepared gives the whole adapter away
 * @param free gives the memory of one back that is not whole
 */
public record AdapterIntake(Consumer<Map<Group, JoinedUpdate>> add, Supplier<PreparedAdapter> prepared, Runnable free) {
    /**
     * Takes an adapter in, each layer everywhere before the next one is read.
     *
     * @return what is installed and freed everywhere at once
     * @throws dev.paddock.llama.config.UnsupportedModelException as {@link JoinedAdapter#forEachLayer} does
     */
    public static PreparedAdapter take(JoinedAdapter adapter, List<AdapterIntake> intakes) {
        try {
            adapter.forEachLayer(layer -> intakes.forEach(intake -> intake.add().accept(layer)));
        } catch (RuntimeException | Error e) {
            intakes.forEach(intake -> intake.free().run());
            throw e;
        }
        return PreparedAdapter.all(
                intakes.stream().map(intake -> intake.prepared().get()).toList());
    }
}
