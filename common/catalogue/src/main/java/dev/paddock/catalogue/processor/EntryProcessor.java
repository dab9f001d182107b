package dev.paddock.catalogue.processor;

import dev.paddock.catalogue.CatalogueEntry;
import dev.paddock.catalogue.Index;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/** Writes the catalogue's indexes at compile time; a class that is not a proper entry is a compile error. */
@SupportedAnnotationTypes("dev.paddock.catalogue.CatalogueEntry")
public final class EntryProcessor extends AbstractProcessor {
    /** Kind to id to class, sorted so that the same sources give the same bytes. */
    private final Map<String, Map<String, TypeElement>> found = new TreeMap<>();

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        EntryRules rules = new EntryRules(processingEnv);
        for (Element element : round.getElementsAnnotatedWith(CatalogueEntry.class)) {
            TypeElement entry = (TypeElement) element;
            List<String> faults = new ArrayList<>(rules.faults(entry));
            if (faults.isEmpty()) {
                add(rules.kind(entry), entry, faults);
            }
            faults.forEach(fault -> processingEnv.getMessager().printMessage(Diagnostic.Kind.ERROR, fault, entry));
        }
        if (round.processingOver() && !round.errorRaised()) {
            found.forEach(this::write);
        }
        return false;
    }

    private void add(String kind, TypeElement entry, List<String> faults) {
        String id = entry.getAnnotation(CatalogueEntry.class).id();
        TypeElement other = found.computeIfAbsent(kind, key -> new TreeMap<>()).putIfAbsent(id, entry);
        if (other != null) {
            faults.add("Catalogue id '%s' is taken by %s".formatted(id, other.getQualifiedName()));
        }
    }

    private void write(String kind, Map<String, TypeElement> entries) {
        Element[] sources = entries.values().toArray(Element[]::new);
        try (Writer index = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", Index.path(kind), sources)
                .openWriter()) {
            for (TypeElement entry : entries.values()) {
                index.write(processingEnv.getElementUtils().getBinaryName(entry) + "\n");
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "Cannot write the index of " + kind + ": " + e);
        }
    }
}
