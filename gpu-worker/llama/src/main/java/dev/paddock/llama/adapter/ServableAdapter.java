package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.config.UnsupportedModelException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An adapter that fits a model and can be served beside it: what it is known for is refused at once, its updates when they are read. */
final class ServableAdapter implements AdapterSource {
    private final AdapterSource adapter;
    private final LlamaConfig config;
    private @Nullable AdapterForm form;

    /** @throws UnsupportedModelException naming the tensors that are not served, or an update of a layer that the model lacks */
    ServableAdapter(AdapterSource adapter, LlamaConfig config) {
        this.adapter = adapter;
        this.config = config;
        if (!adapter.replaced().isEmpty()) {
            throw new UnsupportedModelException("The adapter replaces "
                    + adapter.replaced().stream().limit(4).toList()
                    + (adapter.replaced().size() > 4 ? " and more" : "")
                    + ", which all adapters of a base share when served: merge it into its base and serve that");
        }
        adapter.targets().stream()
                .filter(target -> target.layer() < 0 || target.layer() >= config.layers())
                .findFirst()
                .ifPresent(this::update);
    }

    @Override
    public Set<Target> targets() {
        return adapter.targets();
    }

    /** @throws UnsupportedModelException where it does not fit, or is of another form than those before it */
    @Override
    public Update update(Target target) {
        Update update = adapter.update(target);
        AdapterRules.requireFit(target, update, config);
        if (form != null && form != update.form()) {
            throw new UnsupportedModelException("The adapter's updates are of several forms; an adapter has one");
        }
        form = update.form();
        return update;
    }

    @Override
    public Set<String> replaced() {
        return Set.of();
    }
}
