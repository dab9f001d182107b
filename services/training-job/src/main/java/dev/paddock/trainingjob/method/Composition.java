package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.ParameterSchema;
import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.contracts.event.MethodPart;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a method, an adapter and an objective make together. */
@Component
public class Composition {
    private static final String NONE = "none";

    private final Methods methods;
    private final Parts parts;

    Composition(Methods methods, Parts parts) {
        this.methods = methods;
        this.parts = parts;
    }

    /** A method with the two parts that an order runs it with, and the schema of all parameters. */
    public record Composed(Method method, String adapter, String objective, ParameterSchema parameters) {}

    /**
     * A method with the parts that an order names, or its own where it names none.
     *
     * @throws UnknownEntryException with near names for a part that the method does not allow
     */
    public Composed of(Method method, @Nullable String adapter, @Nullable String objective) {
        String trained = allowed(MethodPart.ADAPTER, adapter, method.adapter(), method.adapters());
        String loss = allowed(MethodPart.OBJECTIVE, objective, method.objective(), method.objectives());
        boolean preset = trained.equals(method.adapter()) && loss.equals(method.objective());
        ParameterSchema parameters = preset
                ? method.parameters()
                : ParameterSchema.join(Stream.of(
                                Stream.of(method.ownParameters()),
                                part(MethodPart.ADAPTER, trained),
                                part(MethodPart.OBJECTIVE, loss))
                        .flatMap(schemas -> schemas)
                        .toList());
        return new Composed(method, trained, loss, parameters);
    }

    private static String allowed(String kind, @Nullable String given, String preset, List<String> others) {
        if (given == null || given.equals(preset)) {
            return preset;
        }
        if (!others.contains(given)) {
            throw new UnknownEntryException(
                    kind + " of this method", given, others.isEmpty() ? List.of(preset) : others);
        }
        return given;
    }

    /** The parameters of a part; nothing for a method that takes no such part. */
    private Stream<ParameterSchema> part(String kind, String id) {
        return id.equals(NONE)
                ? Stream.empty()
                : Stream.of(parts.findById(new Part.Key(kind, id))
                        .orElseThrow(() -> new UnknownEntryException(kind, id, List.of()))
                        .parameters());
    }

    /** The method of that name; see {@link Methods#named}. */
    public Method named(String id) {
        return methods.named(id);
    }
}
