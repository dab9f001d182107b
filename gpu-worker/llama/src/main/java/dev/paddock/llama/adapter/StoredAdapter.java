package dev.paddock.llama.adapter;

import static dev.paddock.llama.adapter.PeftAdapter.MODEL;
import static dev.paddock.llama.adapter.PeftAdapter.PREFIX;
import static dev.paddock.llama.adapter.PeftAdapter.module;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.MalformedModelFileException;
import dev.paddock.llama.config.UnsupportedModelException;
import dev.paddock.llama.weights.Safetensors;
import dev.paddock.llama.weights.TensorInfo;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** An adapter in an open file in PEFT's layout; of the file's tensors it knows names and shapes. */
final class StoredAdapter implements AdapterSource {
    private static final Pattern NAME =
            Pattern.compile("base_model\\.model\\.model\\.layers\\.(\\d{1,4})\\.(?:self_attn|mlp)\\.(\\w+)\\."
                    + "(?:(?:lora_A|lora_B|adapter_down|adapter_up)\\.weight|lora_magnitude_vector)");

    private final AdapterConfig config;
    private final Safetensors tensors;
    private final Set<Target> targets = new TreeSet<>();
    private final Map<String, String> modules = new TreeMap<>();

    /**
     * Begins with the tensors' names.
     *
     * @param names those of the adapter
     * @throws UnsupportedModelException naming a tensor that the engine does not have
     * @throws MalformedModelFileException where a tensor that the configuration names is missing
     */
    StoredAdapter(Collection<String> names, AdapterConfig config, Safetensors tensors) {
        this.config = config;
        this.tensors = tensors;
        for (String name : names) {
            if (isSaved(name)) {
                modules.put(name.substring(PREFIX.length()), name);
            } else {
                targets.add(target(name));
            }
        }
        config.savedModules().stream()
                .filter(module -> !AdapterConfig.HEADS.contains(module))
                .forEach(this::requireSaved);
    }

    private static boolean isSaved(String name) {
        return name.startsWith(PREFIX)
                && SavedModule.of(name.substring(PREFIX.length())).isPresent();
    }

    private void requireSaved(String module) {
        if (modules.keySet().stream().noneMatch(tensor -> tensor.endsWith(module + ".weight"))) {
            throw new MalformedModelFileException("adapter_config.json names " + module + " in modules_to_save, and "
                    + MODEL + " has no tensor of it");
        }
    }

    private static Target target(String name) {
        Matcher matcher = NAME.matcher(name);
        if (matcher.matches()) {
            Target target = new Target(Integer.parseInt(matcher.group(1)), projection(name, matcher.group(2)));
            if (name.startsWith(module(target) + ".")) {
                return target;
            }
        }
        throw new UnsupportedModelException(MODEL + ": tensor " + name
                + " belongs to none of a decoder layer's seven matrices, its norms, embed_tokens and lm_head");
    }

    private static Projection projection(String name, String module) {
        try {
            return Projection.of(module);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedModelException(MODEL + ": tensor " + name + ": " + e.getMessage());
        }
    }

    @Override
    public Set<Target> targets() {
        return Collections.unmodifiableSet(targets);
    }

    @Override
    public Set<String> replaced() {
        return Collections.unmodifiableSet(modules.keySet());
    }

    @Override
    public Update update(Target target) {
        String module = module(target);
        String path = target.projection().path(target.layer());
        int rank = config.rank(path);
        AdapterForm form = config.form();
        float[] a = read(PeftAdapter.tensor(module, form.nameOfA()), 0, rank);
        float[] b = read(PeftAdapter.tensor(module, form.nameOfB()), 1, rank);
        return new Update(form, rank, config.scale(path), a, b, magnitude(module, form, b.length / rank));
    }

    /** The whole adapter in memory. */
    LoraAdapter whole() {
        return new LoraAdapter(
                targets.stream().collect(Collectors.toMap(Function.identity(), this::update)),
                modules.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, at -> saved(at.getValue()))));
    }

    private SavedTensor saved(String name) {
        return new SavedTensor(tensors.info(name).shape(), PeftAdapter.floats(name, tensors));
    }

    private float[] magnitude(String module, AdapterForm form, int outputs) {
        String name = module + "." + PeftAdapter.MAGNITUDE;
        boolean there = tensors.names().contains(name);
        if (there != (form == AdapterForm.DORA)) {
            throw new MalformedModelFileException(MODEL + ": tensor " + name + " is " + (there ? "there" : "missing")
                    + ", and use_dora in adapter_config.json says otherwise");
        }
        if (!there) {
            return new float[0];
        }
        if (!tensors.info(name).shape().equals(List.of((long) outputs))) {
            throw new MalformedModelFileException(MODEL + ": " + name + " has shape "
                    + tensors.info(name).shape() + "; its layer has " + outputs + " outputs");
        }
        return PeftAdapter.floats(name, tensors);
    }

    private float[] read(String name, int rankAxis, int rank) {
        if (!tensors.names().contains(name)) {
            throw new MalformedModelFileException(MODEL + ": tensor " + name + " is missing");
        }
        TensorInfo info = tensors.info(name);
        if (info.shape().size() != 2 || info.shape().get(rankAxis) != rank) {
            throw new MalformedModelFileException(
                    MODEL + ": " + name + " has shape " + info.shape() + "; its rank should be " + rank);
        }
        return PeftAdapter.floats(name, tensors);
    }
}
