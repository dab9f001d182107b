package dev.paddock.trainingjob.sweep;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gate as readers see it.
 *
 * @param rule early-stop or rung
 * @param share where it lies in a run
 * @param kept how many trials go on from a rung
 */
record GateView(String rule, double share, @Nullable Integer kept) {
    static List<GateView> of(List<Gate> gates) {
        return gates.stream().map(GateView::of).toList();
    }

    private static GateView of(Gate gate) {
        return gate instanceof Rung rung
                ? new GateView("rung", rung.share(), rung.kept())
                : new GateView("early-stop", gate.share(), null);
    }
}
