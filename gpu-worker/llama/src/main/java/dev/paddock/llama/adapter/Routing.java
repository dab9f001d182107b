package dev.paddock.llama.adapter;

import dev.paddock.llama.adapter.LoraAdapter.Target;
import dev.paddock.llama.adapter.LoraAdapter.Update;
import dev.paddock.llama.config.UnsupportedModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank adapters of one base among which gates are to choose (MeteoRA, Xu et al. 2024, arXiv:2405.13053).
 *
 * @param members in the order in which gates weigh them
 * @param topK adapters that act on a token in every linear layer that one of them changes
 */
public record Routing(List<Member> members, int topK) {
    /**
     * An adapter.
     *
     * @param name of its own, by which the files and answers call it
     * @param folder its files
     */
    public record Member(String name, Path folder, LoraAdapter adapter) {
        /** Reads an adapter. */
        public static Member read(String name, Path folder) {
            return new Member(name, folder, PeftAdapter.read(folder));
        }
    }

    /** @throws UnsupportedModelException naming an adapter among which no gate can choose, or the number that can act */
    public Routing {
        members = List.copyOf(members);
        if (members.size() < 2) {
            throw new UnsupportedModelException(
                    "gates choose among two adapters or more, and there are " + members.size());
        }
        if (topK < 1 || topK > members.size()) {
            throw new UnsupportedModelException("topK is %d; of %d adapters 1 to %d can act on a token"
                    .formatted(topK, members.size(), members.size()));
        }
        members.forEach(Routing::requireLora);
    }

    private static void requireLora(Member member) {
        LoraAdapter adapter = member.adapter();
        adapter.updates().values().stream()
                .filter(update -> update.form() != AdapterForm.LORA)
                .findFirst()
                .ifPresent(update -> {
                    throw new UnsupportedModelException("adapter " + member.name() + " is of the form "
                            + update.form().formName() + "; gates choose among plain LoRA adapters");
                });
        if (!adapter.modules().isEmpty() || adapter.updates().isEmpty()) {
            throw new UnsupportedModelException("adapter " + member.name() + " replaces "
                    + adapter.modules().keySet().stream().limit(4).toList()
                    + "; gates choose among adapters that change linear layers and nothing else");
        }
    }

    /** The layers that any of the adapters changes. */
    public SortedSet<Target> targets() {
        SortedSet<Target> targets = new TreeSet<>();
        members.forEach(member -> targets.addAll(member.adapter().updates().keySet()));
        return targets;
    }

    /**
     * All of them as one adapter.
     *
     * @param gates the gate of each layer, {@code [adapters, inputs]}
     */
    public LoraAdapter under(Function<Target, float[]> gates) {
        Map<Target, Update> updates = new HashMap<>();
        targets().forEach(target -> updates.put(target, update(target, gates.apply(target))));
        return new LoraAdapter(updates);
    }

    private Update update(Target target, float[] gate) {
        List<Integer> ranks = new ArrayList<>();
        List<Update> present = new ArrayList<>();
        for (Member member : members) {
            @Nullable Update update = member.adapter().updates().get(target);
            ranks.add(update == null ? 0 : update.rank());
            if (update != null) {
                present.add(update);
            }
        }
        requireAlike(target, present);
        int rank = ranks.stream().mapToInt(Integer::intValue).sum();
        return new Update(
                AdapterForm.ROUTED,
                rank,
                1,
                below(present),
                beside(present, rank),
                new float[0],
                new Gate(topK, ranks, gate));
    }

    private static void requireAlike(Target target, List<Update> updates) {
        long shapes = updates.stream()
                .map(update -> List.of(update.a().length / update.rank(), update.b().length / update.rank()))
                .distinct()
                .count();
        if (shapes > 1) {
            throw new UnsupportedModelException("the adapters' updates of "
                    + target.projection().path(target.layer())
                    + " have different inputs or outputs: they were made for different bases");
        }
    }

    /** Every A below the one before it, {@code [K, inputs]}. */
    private static float[] below(List<Update> updates) {
        float[] joined =
                new float[updates.stream().mapToInt(update -> update.a().length).sum()];
        int at = 0;
        for (Update update : updates) {
            System.arraycopy(update.a(), 0, joined, at, update.a().length);
            at += update.a().length;
        }
        return joined;
    }

    /** Every scaled B beside the one before it, {@code [outputs, K]}. */
    private static float[] beside(List<Update> updates, int rank) {
        int outputs = updates.get(0).b().length / updates.get(0).rank();
        float[] joined = new float[outputs * rank];
        int column = 0;
        for (Update update : updates) {
            int own = update.rank();
            for (int i = 0; i < update.b().length; i++) {
                joined[i / own * rank + column + i % own] = (float) (update.b()[i] * update.scale());
            }
            column += own;
        }
        return joined;
    }

    @Override
    public String toString() {
        return "Routing[topK=%d, members=%s]"
                .formatted(topK, members.stream().map(Member::name).toList());
    }
}
