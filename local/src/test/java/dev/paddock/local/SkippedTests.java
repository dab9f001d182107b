package dev.paddock.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Ends {@code mvn verify} with the names of the tests that were skipped, and what each of them lacked. */
public final class SkippedTests {
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

    private static List<Path> reports(Path root) throws IOException {
        try (Stream<Path> files = Files.find(
                root,
                6,
                (path, attributes) -> path.getFileName().toString().matches("TEST-.*\\.xml")
                        && path.toString().contains("surefire-reports"))) {
            return files.sorted().toList();
        }
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
                String reason = mark.getAttribute("message").replaceFirst("^Assumption failed: ", "");
                lines.add(test.getAttribute("classname").replaceFirst("^dev\\.paddock\\.", "") + "."
                        + test.getAttribute("name") + (reason.isEmpty() ? "" : ": " + reason));
            }
        }
        return lines;
    }
}
