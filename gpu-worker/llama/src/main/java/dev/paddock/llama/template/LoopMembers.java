package dev.paddock.llama.template;

import org.jspecify.annotations.Nullable;

/** What a template reads from {@code loop}. */
final class LoopMembers {
    private LoopMembers() {}

    static @Nullable Object find(Loop loop, String name) {
        return switch (name) {
            case "index" -> loop.index0() + 1;
            case "index0" -> loop.index0();
            case "revindex" -> loop.length() - loop.index0();
            case "revindex0" -> loop.length() - loop.index0() - 1;
            case "first" -> loop.index0() == 0;
            case "last" -> loop.isLast();
            case "length" -> loop.length();
            case "previtem" -> loop.previous();
            case "nextitem" -> loop.following();
            case "depth" -> 1L;
            case "depth0" -> 0L;
            case "cycle" -> (Callable) (arguments, evaluation) -> cycle(loop, arguments);
            case "changed" ->
                (Callable)
                        (arguments, evaluation) -> loop.changed(new Tuple(arguments.positional()), evaluation.budget());
            default -> null;
        };
    }

    private static Object cycle(Loop loop, Arguments arguments) {
        int choices = arguments.positional().size();
        if (choices == 0) {
            throw new ChatTemplateException("no items for cycling given");
        }
        return arguments.positional().get((int) (loop.index0() % choices));
    }
}
