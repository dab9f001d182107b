package dev.paddock.llama.template;

import java.util.Iterator;
import java.util.List;

/** What a value is assigned to. */
sealed interface Target {
    void assign(Scope scope, Object value);

    record Variable(String name) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            scope.assign(name, value);
        }
    }

    /** {@code namespace.attribute}. */
    record NamespaceAttribute(String namespace, String attribute) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            if (!(scope.lookup(namespace) instanceof Namespace target)) {
                throw new ChatTemplateException("cannot assign attribute on non-namespace object '" + namespace + "'");
            }
            target.assign(attribute, value);
        }
    }

    /** {@code a, b}: as many values as targets. */
    record Unpacking(List<Target> targets) implements Target {
        @Override
        public void assign(Scope scope, Object value) {
            if (value instanceof Undefined undefined) {
                throw new ChatTemplateException("cannot unpack: " + undefined.message());
            }
            Iterator<Object> values = Iterables.iterator(value);
            for (Target target : targets) {
                if (!values.hasNext()) {
                    throw new ChatTemplateException("not enough values to unpack");
                }
                target.assign(scope, values.next());
            }
            if (values.hasNext()) {
                throw new ChatTemplateException("too many values to unpack");
            }
        }
    }
}
