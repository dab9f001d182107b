package dev.paddock.llama.training;

import ai.djl.ndarray.NDArray;
import dev.paddock.llama.adapter.AdapterForm;
import dev.paddock.llama.adapter.Projection;
import dev.paddock.llama.adapter.Projection.Group;
import dev.paddock.llama.config.LlamaConfig;
import dev.paddock.llama.torch.TensorScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Adapters in training as the kernels take them: joined by group. */
interface JoinedAdapters {
    /** The adapters of a block as they are now. */
    Joined joined(TensorScope owner, int layer, FrozenWeights frozen);

    /** Where the gradients of a block's adapters go. */
    Gradients gradients(int layer);

    /** A, B, and what else a form has (see the kernels' {@code linear}), for each group of a block; {@code kinds} as there. */
    @SuppressWarnings("ArrayRecordComponent")
    record Joined(List<NDArray> a, List<NDArray> b, List<NDArray> c, long[] kinds) {
        private static final int GROUPS = Group.values().length;

        /** No adapters. */
        static Joined none(NDArray none) {
            List<NDArray> nothing = Collections.nCopies(GROUPS, none);
            return new Joined(nothing, nothing, nothing, new long[GROUPS]);
        }

        /** Adapters to be added. */
        static Joined empty() {
            return new Joined(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new long[GROUPS]);
        }

        /** Adds the next group, which has no adapter. */
        void addNone(NDArray none) {
            a.add(none);
            b.add(none);
            c.add(none);
        }

        /** Adds the next group. */
        void add(AdapterForm form, NDArray groupA, NDArray groupB, NDArray groupC) {
            kinds[a.size()] = form.kind();
            a.add(groupA);
            b.add(groupB);
            c.add(groupC);
        }
    }

    /**
     * Where a block's gradients go.
     *
     * @param a views for each adapted projection of the block, of its A or of its gate; likewise b and magnitudes
     * @param parts for each of the seven projections: first output row in its group, outputs, place in these lists or -1
     * @param scales of each adapted projection
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Gradients(List<NDArray> a, List<NDArray> b, List<NDArray> magnitudes, long[] parts, double[] scales) {
        static Gradients none(LlamaConfig config) {
            return new Gradients(List.of(), List.of(), List.of(), parts(config, List.of()), new double[0]);
        }

        /** Parts, where these projections have adapters. */
        static long[] parts(LlamaConfig config, List<Projection> adapted) {
            List<Projection> projections = List.of(Projection.values());
            long[] parts = new long[3 * projections.size()];
            for (int i = 0; i < projections.size(); i++) {
                Projection projection = projections.get(i);
                parts[3 * i] = projection.firstOutput(config);
                parts[3 * i + 1] = projection.outputs(config);
                parts[3 * i + 2] = adapted.indexOf(projection);
            }
            return parts;
        }
    }
}
