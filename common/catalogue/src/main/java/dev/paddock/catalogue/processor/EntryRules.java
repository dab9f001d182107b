package dev.paddock.catalogue.processor;

import static javax.lang.model.util.ElementFilter.constructorsIn;
import static javax.lang.model.util.ElementFilter.typesIn;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.EntryIds;
import dev.paddock.catalogue.EntryKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;

/** What a class must be to stand in the catalogue. */
final class EntryRules {
    private final Types types;

    EntryRules(ProcessingEnvironment environment) {
        this.types = environment.getTypeUtils();
    }

    /** Everything that is wrong with an entry, each as a sentence; empty when it is in order. */
    List<String> faults(TypeElement entry) {
        List<String> faults = new ArrayList<>();
        faults.addAll(shape(entry));
        faults.addAll(names(entry.getAnnotation(CatalogueEntry.class)));
        Optional<TypeElement> params = params(entry);
        if (params.isEmpty()) {
            faults.add("A catalogue entry must have a nested public record " + EntryIds.PARAMS);
        }
        List<DeclaredType> kinds = kinds(entry);
        if (kinds.size() != 1) {
            faults.add("A catalogue entry must implement exactly one interface marked with @EntryKind, not " + kinds);
        } else {
            if (params.isPresent() && !takes(kinds.get(0), params.get())) {
                faults.add(
                        "The type argument of %s must be the entry's own %s".formatted(kinds.get(0), EntryIds.PARAMS));
            }
            faults.addAll(example(
                    entry.getAnnotation(CatalogueEntry.class),
                    kinds.get(0).asElement().getAnnotation(EntryKind.class)));
        }
        return faults;
    }

    /** Qualified name of the kind of an entry without faults. */
    String kind(TypeElement entry) {
        return ((TypeElement) kinds(entry).get(0).asElement())
                .getQualifiedName()
                .toString();
    }

    private static List<String> shape(TypeElement entry) {
        List<String> faults = new ArrayList<>();
        if (entry.getKind() != ElementKind.CLASS
                || !entry.getModifiers().contains(Modifier.FINAL)
                || !entry.getModifiers().contains(Modifier.PUBLIC)) {
            faults.add("A catalogue entry must be a public final class");
        }
        if (entry.getNestingKind().isNested() && !entry.getModifiers().contains(Modifier.STATIC)) {
            faults.add("A nested catalogue entry must be static");
        }
        if (constructorsIn(entry.getEnclosedElements()).stream()
                .noneMatch(constructor -> constructor.getParameters().isEmpty()
                        && constructor.getModifiers().contains(Modifier.PUBLIC))) {
            faults.add("A catalogue entry must have a public constructor without arguments");
        }
        return faults;
    }

    private static List<String> names(CatalogueEntry entry) {
        List<String> faults = new ArrayList<>();
        if (!entry.id().matches(EntryIds.SYNTAX)) {
            faults.add("Catalogue id '%s' must be %s".formatted(entry.id(), EntryIds.RULE));
        }
        if (!entry.family().matches(EntryIds.SYNTAX)) {
            faults.add("Catalogue family '%s' must be %s".formatted(entry.family(), EntryIds.RULE));
        }
        if (entry.summary().isBlank() || entry.summary().lines().count() > 1) {
            faults.add("The summary of '%s' must be one line".formatted(entry.id()));
        }
        return faults;
    }

    private static List<String> example(CatalogueEntry entry, EntryKind kind) {
        if (entry.example().isBlank() == kind.examples()) {
            return List.of(
                    kind.examples()
                            ? "The %s '%s' must have an example order".formatted(kind.value(), entry.id())
                            : "The %s '%s' is not ordered and has no use for an example"
                                    .formatted(kind.value(), entry.id()));
        }
        return List.of();
    }

    private static Optional<TypeElement> params(TypeElement entry) {
        return typesIn(entry.getEnclosedElements()).stream()
                .filter(nested -> nested.getKind() == ElementKind.RECORD
                        && nested.getSimpleName().contentEquals(EntryIds.PARAMS)
                        && nested.getModifiers().contains(Modifier.PUBLIC))
                .findFirst();
    }

    private boolean takes(DeclaredType kind, TypeElement params) {
        return kind.getTypeArguments().stream().allMatch(argument -> types.isSameType(argument, params.asType()));
    }

    private List<DeclaredType> kinds(TypeElement entry) {
        Map<String, DeclaredType> kinds = new LinkedHashMap<>();
        collect(entry.asType(), kinds);
        return List.copyOf(kinds.values());
    }

    private void collect(TypeMirror type, Map<String, DeclaredType> kinds) {
        for (TypeMirror parent : types.directSupertypes(type)) {
            DeclaredType declared = (DeclaredType) parent;
            if (declared.asElement().getAnnotation(EntryKind.class) != null) {
                kinds.putIfAbsent(declared.toString(), declared);
            }
            collect(parent, kinds);
        }
    }
}
