package dev.paddock.llama.inference.vector;

import dev.paddock.kernels.Rows;
import dev.paddock.kernels.Team;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.inference.vector.AdapterMatrices.Part;
import dev.paddock.llama.inference.vector.AdapterMatrices.Thin;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Adds adapters' updates to products, {@code y += B A x} or what {@link AdapterForm} says instead. Rows of one adapter are cut into
 * as many pieces as there are parts of work; a piece's two products are one thread's, those of all adapters go on side by side, as
 * in segmented products (Chen et al. 2023, arXiv:2310.18547). For one caller.
 */
final class ThinProducts implements Team.Work {
    private final Team team;
    private final Member[] members;
    private final List<Piece> pieces = new ArrayList<>();
    private final List<float[]> acted = new ArrayList<>();
    private Rows x = Rows.allocate(0, 0);
    private Rows y = x;
    private int layer;
    private Group product = Group.QKV;

    /** Some neighbouring rows of one adapter. */
    private record Piece(AdapterMatrices adapter, int first, int count) {}

    ThinProducts(Team team) {
        this.team = team;
        members = new Member[team.parts()];
        for (int i = 0; i < members.length; i++) {
            members[i] = new Member();
        }
    }

    /** Begins with other rows. */
    void begin(Slice slice, Function<String, AdapterMatrices> adapters) {
        pieces.clear();
        acted.clear();
        int most = (slice.size() + members.length - 1) / members.length;
        for (Slice.Group group : slice.groups()) {
            AdapterMatrices adapter = group.adapter() == null ? null : adapters.apply(group.adapter());
            for (int row = 0; row < group.count(); row++) {
                acted.add(new float[adapter == null ? 0 : adapter.routed()]);
            }
            for (int row = 0; adapter != null && row < group.count(); row += most) {
                pieces.add(new Piece(adapter, group.first() + row, Math.min(most, group.count() - row)));
            }
        }
    }

    /** For each row, the weights with which adapters under gates acted on it since {@link #begin}, summed over all gates. */
    List<float[]> acted() {
        return List.copyOf(acted);
    }

    /** Adds the updates of a layer's product to y. */
    void add(int index, Group group, Rows from, Rows to) {
        layer = index;
        product = group;
        x = from;
        y = to;
        if (pieces.size() == 1) {
            members[0].add(pieces.get(0));
        } else if (!pieces.isEmpty()) {
            team.run(this);
        }
    }

    @Override
    public void run(int part, int parts) {
        for (int i = pieces.size() * part / parts; i < pieces.size() * (part + 1) / parts; i++) {
            members[part].add(pieces.get(i));
        }
    }

    /** What one thread needs for itself. */
    private final class Member {
        private Rows inner = Rows.allocate(0, 0);

        void add(Piece piece) {
            Thin thin = piece.adapter().of(layer, product);
            if (thin == null) {
                return;
            }
            int rows = piece.count();
            Rows out = y.from(piece.first());
            inner = roomy(inner, thin.a().rows());
            thin.a().multiply(thin.form().readsOutputs() ? out : x.from(piece.first()), rows, inner);
            if (thin.form().isBottleneck()) {
                bend(thin.a().rows(), rows);
            }
            if (thin.form() == AdapterForm.ROUTED) {
                weigh(thin, rows, acted.subList(piece.first(), piece.first() + rows));
            }
            for (Part part : thin.b()) {
                part.matrix().add(inner.shifted(part.firstRank()), rows, out.shifted(part.firstOutput()));
            }
            if (thin.scale().length > 0) {
                scale(thin, rows, out);
            }
        }

        private void bend(int width, int rows) {
            for (int row = 0; row < rows; row++) {
                for (int i = inner.at(row); i < inner.at(row) + width; i++) {
                    inner.values()[i] = (float) Math.tanh(inner.values()[i]);
                }
            }
        }

        private void weigh(Thin thin, int rows, List<float[]> weights) {
            int gates = thin.a().rows() - thin.rank();
            for (int row = 0; row < rows; row++) {
                Router.weigh(thin.route(), thin.rank(), gates, inner.values(), inner.at(row), weights.get(row));
            }
        }
    }

    private static void scale(Thin thin, int rows, Rows y) {
        float[] values = y.values();
        for (int row = 0; row < rows; row++) {
            int at = y.at(row);
            for (int i = 0; i < thin.scale().length; i++) {
                values[at + i] = values[at + i] * thin.scale()[i] + thin.shift()[i];
            }
        }
    }

    private static Rows roomy(Rows rows, int stride) {
        return rows.stride() >= stride ? rows : Rows.allocate(Slice.MOST_ROWS, stride);
    }
}
