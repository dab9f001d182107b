package dev.paddock.llama.template;

import java.util.Iterator;
import java.util.List;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** {@code for target in sequence if test … else … endfor}; the test is asked lazily, before the loop counts. */
record ForStatement(
        Target target, Expression sequence, @Nullable Expression test, List<Statement> body, List<Statement> otherwise)
        implements Statement {

    @Override
    public Flow execute(Scope scope, StringBuilder output) {
        Object iterated = sequence.value(scope);
        Iterator<Object> elements = Iterables.iterator(iterated);
        long length = test == null && Iterables.isSized(iterated) ? Iterables.length(iterated) : -1;
        Loop loop = new Loop(test == null ? elements : selected(elements, test, scope), length);
        if (!loop.hasNext()) {
            return Statement.run(otherwise, scope.child(), output);
        }
        return iterate(loop, scope, output);
    }

    private Flow iterate(Loop loop, Scope scope, StringBuilder output) {
        scope.budget().enter();
        while (loop.hasNext()) {
            scope.budget().step(sequence.line());
            Scope inner = scope.child();
            target.assign(inner, loop.next());
            inner.assign("loop", loop);
            if (Statement.run(body, inner, output) == Flow.BREAK) {
                break;
            }
        }
        scope.budget().leave();
        return Flow.NEXT;
    }

    private Iterator<Object> selected(Iterator<Object> elements, Expression condition, Scope scope) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(elements, 0), false)
                .filter(element -> {
                    Scope inner = scope.child();
                    target.assign(inner, element);
                    return Truth.of(condition.value(inner));
                })
                .iterator();
    }
}
