package dev.paddock.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The manifests as a cluster reads them: every field known, and what one part names is there in another. */
class ClusterFilesTest {
    private static final Path ROOT = Path.of("../k8s");
    private static final List<Object> OBJECTS = new ArrayList<>();
    private static final List<Workload> WORKLOADS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".yaml") && !f.endsWith("kustomization.yaml"))
                    .sorted()
                    .toList()) {
                OBJECTS.addAll(Yaml.loadAll(file.toFile()));
            }
        }
        OBJECTS.forEach(object -> Workload.of(object).ifPresent(WORKLOADS::add));
    }

    @Test
    void aFieldThatNoClusterKnowsIsRefused() {
        String text = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selectors: {a: b}}\n";
        assertThatThrownBy(() -> Yaml.loadAll(new StringReader(text))).hasMessageContaining("selectors");
    }

    @Test
    void selectorsFindTheirPods() {
        assertThat(WORKLOADS).hasSize(10).allSatisfy(workload -> assertThat(workload.labels())
                .as(workload.name())
                .containsAllEntriesOf(workload.selector()));
        assertThat(services()).hasSize(10).allSatisfy(service -> assertThat(pods(service))
                .as(service.getMetadata().getName())
                .hasSize(1));
    }

    @Test
    void servicesLeadToPortsThatTheirPodsOpen() {
        for (V1Service service : services()) {
            Set<String> open = new TreeSet<>();
            for (Workload workload : pods(service)) {
                for (V1Container container : workload.containers()) {
                    for (V1ContainerPort port : container.getPorts()) {
                        open.add(port.getName());
                        open.add(String.valueOf(port.getContainerPort()));
                    }
                }
            }
            service.getSpec().getPorts().forEach(port -> assertThat(open)
                    .as(service.getMetadata().getName())
                    .contains(String.valueOf(port.getTargetPort() == null ? port.getPort() : port.getTargetPort())));
        }
    }

    @Test
    void everyMountHasItsVolumeAndEveryVolumeItsSource() {
        Set<String> maps = new TreeSet<>();
        OBJECTS.stream()
                .filter(V1ConfigMap.class::isInstance)
                .forEach(map -> maps.add(((V1ConfigMap) map).getMetadata().getName()));
        assertThat(WORKLOADS).allSatisfy(workload -> {
            for (V1Container container : workload.containers()) {
                assertThat(workload.volumes())
                        .as(workload.name())
                        .containsAll(container.getVolumeMounts().stream()
                                .map(V1VolumeMount::getName)
                                .toList());
            }
            assertThat(maps).as(workload.name()).containsAll(workload.configMaps());
        });
    }

    @Test
    void theReadmeMakesEverySecretThatIsRead() throws IOException {
        String readme = Files.readString(ROOT.resolve("README.md"));
        for (Workload workload : WORKLOADS) {
            for (V1EnvVar variable : workload.environment()) {
                if (variable.getValueFrom() != null && variable.getValueFrom().getSecretKeyRef() != null) {
                    var secret = variable.getValueFrom().getSecretKeyRef();
                    String line = readme.lines()
                            .filter(l -> l.contains("create secret generic " + secret.getName()))
                            .findFirst()
                            .orElseThrow();
                    assertThat(line).contains(secret.getKey().replaceFirst("^password-", ""));
                }
            }
        }
    }

    @Test
    void everySettingIsOneThatTheServicesKnow() throws IOException {
        KnownSettings known = new KnownSettings();
        Properties file = new Properties();
        for (Object object : OBJECTS) {
            if (object instanceof V1ConfigMap map && map.getData().containsKey("suite.properties")) {
                file.load(new StringReader(map.getData().get("suite.properties")));
            }
        }
        assertThat(file).isNotEmpty();
        assertThat(known.unknown(file, Map.of())).as("suite.properties").isEmpty();
        for (Workload workload : WORKLOADS) {
            Map<String, String> environment = new HashMap<>();
            workload.environment()
                    .forEach(variable -> environment.put(
                            variable.getName(), Objects.requireNonNullElse(variable.getValue(), "value-of-a-secret")));
            environment.computeIfPresent("PADDOCK_WORKER_ADDRESS", (name, url) -> url.replace("$(POD_IP)", "10.0.0.1"));
            environment.keySet().removeIf(name -> !name.startsWith("PADDOCK_") || name.startsWith("PADDOCK_DATABASE"));
            assertThat(known.unknown(new Properties(), environment))
                    .as(workload.name())
                    .isEmpty();
        }
    }

    @Test
    void aMisspeltSettingIsFound() {
        Properties file = new Properties();
        file.setProperty("paddock.artifacts.folders", "/tmp");
        file.setProperty("paddock.services.dataset", "http://dataset:8080");
        assertThat(new KnownSettings()
                        .unknown(file, Map.of("PADDOCK_WORKER_ADRESS", "http://a", "PADDOCK_WORKER_CACHE", "/tmp")))
                .containsExactly("PADDOCK_WORKER_ADRESS", "paddock.artifacts.folders");
    }

    @Test
    void everyWorkerIsReachedAtItsPodAndKeepsFreedMemory() {
        assertThat(WORKLOADS.stream().filter(workload -> workload.name().startsWith("worker-")))
                .hasSize(2)
                .allSatisfy(workload -> assertThat(workload.environment())
                        .extracting(V1EnvVar::getName)
                        .contains(
                                "PADDOCK_WORKER_ADDRESS",
                                "MALLOC_MMAP_MAX_",
                                "MALLOC_TRIM_THRESHOLD_",
                                "GOMP_SPINCOUNT")
                        .containsSubsequence("POD_IP", "PADDOCK_WORKER_ADDRESS"));
    }

    private static List<V1Service> services() {
        return OBJECTS.stream()
                .filter(V1Service.class::isInstance)
                .map(V1Service.class::cast)
                .toList();
    }

    private static List<Workload> pods(V1Service service) {
        return WORKLOADS.stream()
                .filter(workload -> workload.labels()
                        .entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet()))
                .toList();
    }
}
