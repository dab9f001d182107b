package dev.paddock.llama.adapter;

import dev.paddock.llama.torch.ScriptText;

/** The mathematics of adapters under gates as TorchScript text, which training and serving have in common. */
public final class RoutingKernels {
    private RoutingKernels() {}

    public static String text() {
        return ScriptText.of(RoutingKernels.class, "routed");
    }
}
