package dev.paddock.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Ends {@code mvn verify} with the names of the tests that were skipped, and what each of them lacked. */
public final class SkippedTests {
    private static final Set<String> PASSED_OVER = Set.of(".paddock", ".git");

    private SkippedTests() {}

    /** Takes the root of the checkout. */
    public static void main(String[] arguments) throws IOException, ParserConfigurationException, SAXException {
        TreeSet<String> skipped = new TreeSet<>();
        for (Path report : reports(Path.of(arguments[0]))) {
            skipped.addAll(skipped(report));
        }
        if (skipped.isEmpty()) {
            System.out.println("No test was skipped.");
            return;
        }
        System.out.println("Skipped here (" + skipped.size() + "), each with what it lacked:");
        skipped.forEach(line -> System.out.println("  " + line));
    }

    /** Reports below the root; what comes and goes meanwhile is passed over. */
    static List<Path> reports(Path root) throws IOException {
        TreeSet<Path> found = new TreeSet<>();
        Files.walkFileTree(root, Set.of(), 7, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return PASSED_OVER.contains(String.valueOf(folder.getFileName()))
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.getFileName().toString().matches("TEST-.*\\.xml")
                        && file.toString().contains("surefire-reports")) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }

    static List<String> skipped(Path report) throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        List<String> lines = new ArrayList<>();
        try (InputStream in = Files.newInputStream(report)) {
            NodeList marks = factory.newDocumentBuilder().parse(in).getElementsByTagName("skipped");
            for (int i = 0; i < marks.getLength(); i++) {
                Element mark = (Element) marks.item(i);
                Element test = (Element) mark.getParentNode();
                String reason =
                        mark.getAttribute("message").replaceFirst("^(?:Assumption failed: |@EnabledIf.* ==> )", "");
                lines.add(test.getAttribute("classname").replaceFirst("^dev\\.paddock\\.", "") + "."
                        + test.getAttribute("name") + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
        return lines;
    }
}
