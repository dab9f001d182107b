package dev.paddock.local;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The walls of the house. */
class WallsTest {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.paddock");
    private static final String[] COMMON = {
        "dev.paddock.contracts..", "dev.paddock.catalogue..", "dev.paddock.kit..", "dev.paddock.embedded.."
    };
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final List<String> SERVICES =
            List.of("dataset", "training-job", "model-registry", "safety-guard", "evaluation", "gateway");

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "trainingjob", "registry", "guard", "evaluation", "gateway"})
    void servicesShareOnlyCommon(String service) {
        String own = "dev.paddock." + service + "..";
        noClasses()
                .that()
                .resideInAPackage(own)
                .should()
                .dependOnClassesThat(resideInAPackage("dev.paddock..")
                        .and(not(resideInAPackage(own)))
                        .and(not(resideInAnyPackage(COMMON))))
                .check(ALL);
    }

    @Test
    void theEngineKnowsNoSpringAndNoKafka() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.paddock.llama..",
                        "dev.paddock.methods..",
                        "dev.paddock.contracts..",
                        "dev.paddock.catalogue..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework..", "org.apache.kafka..", "jakarta.persistence..")
                .check(ALL);
    }

    @Test
    void theEngineKnowsNothingOfServices() {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.llama..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.paddock..")
                        .and(not(resideInAnyPackage("dev.paddock.llama..", "dev.paddock.kernels.."))))
                .check(ALL);
    }

    @Test
    void theKernelsKnowNobody() {
        noClasses()
                .that()
                .resideInAPackage("dev.paddock.kernels..")
                .should()
                .dependOnClassesThat(not(resideInAnyPackage(
                        "dev.paddock.kernels..", "java..", "jdk.incubator.vector..", "org.jspecify..")))
                .check(ALL);
    }

    @Test
    void nothingImportsLocal() {
        classes()
                .that()
                .resideInAPackage("dev.paddock.local..")
                .should()
                .onlyHaveDependentClassesThat()
                .resideInAPackage("dev.paddock.local..")
                .check(ALL);
    }

    /** SQL names tables without a schema, or in its own: PostgreSQL's roles keep services out of each other's at run time. */
    @Test
    void noServiceReadsAnothersSchema() throws IOException {
        for (String service : SERVICES) {
            List<Path> read = new ArrayList<>(files(ROOT.resolve("db").resolve(service), ".sql"));
            read.addAll(files(ROOT.resolve("services").resolve(service).resolve("src/main"), ".java"));
            assertThat(read).hasSizeGreaterThan(10);
            for (Path file : read) {
                assertThat(foreignSchemas(service, Files.readString(file)))
                        .as(file.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void sqlInJavaIsReadAcrossItsLines() {
        String joined = "jdbc.sql(\"SELECT id FROM \"\n    + \"gateway.answer WHERE id = 1\")";
        assertThat(foreignSchemas("dataset", joined)).containsExactly("gateway.answer");
        assertThat(foreignSchemas("gateway", joined)).isEmpty();
        assertThat(foreignSchemas("dataset", "@Table(name = \"version\", schema = \"model_registry\")"))
                .containsExactly("model_registry");
        assertThat(foreignSchemas("dataset", "import dev.paddock.gateway.Answer; // from the gateway"))
                .isEmpty();
    }

    @Test
    void decisionsAreNumberedWithoutGaps() throws IOException {
        List<Path> decisions = files(ROOT.resolve("docs/decisions"), ".md");
        for (int number = 1; number <= decisions.size(); number++) {
            Path decision = decisions.get(number - 1);
            assertThat(decision.getFileName().toString()).startsWith("%04d-".formatted(number));
            assertThat(Files.readAllLines(decision).get(0)).startsWith("# " + number + ". ");
        }
    }

    private static List<Path> files(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        }
    }

    private static List<String> foreignSchemas(String service, String sql) {
        String others = String.join(
                "|",
                SERVICES.stream()
                        .filter(s -> !s.equals(service))
                        .map(s -> s.replace('-', '_'))
                        .toList());
        String joined = sql.replaceAll("\"\\s*\\+\\s*\"", "");
        Matcher matcher = Pattern.compile("(?i)\\b(?:from|join|into|update|references|on)\\s+\"?((?:" + others
                        + ")\"?\\.\\w+)|schema\\s*=\\s*\"((?:" + others + "))\"")
                .matcher(joined);
        return matcher.results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .toList();
    }
}
