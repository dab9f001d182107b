package dev.paddock.local.deploy;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1PodTemplateSpec;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.kubernetes.client.openapi.models.V1Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What runs pods: a deployment or a stateful set.
 *
 * @param claims volumes that come with each pod
 */
record Workload(String name, Map<String, String> selector, V1PodTemplateSpec pod, List<String> claims) {

    static Optional<Workload> of(Object object) {
        if (object instanceof V1Deployment deployment) {
            return Optional.of(new Workload(
                    deployment.getMetadata().getName(),
                    deployment.getSpec().getSelector().getMatchLabels(),
                    deployment.getSpec().getTemplate(),
                    List.of()));
        }
        if (object instanceof V1StatefulSet set) {
            return Optional.of(new Workload(
                    set.getMetadata().getName(),
                    set.getSpec().getSelector().getMatchLabels(),
                    set.getSpec().getTemplate(),
                    set.getSpec().getVolumeClaimTemplates().stream()
                            .map(claim -> claim.getMetadata().getName())
                            .toList()));
        }
        return Optional.empty();
    }

    Map<String, String> labels() {
        return pod.getMetadata().getLabels();
    }

    List<V1Container> containers() {
        return pod.getSpec().getContainers();
    }

    List<V1EnvVar> environment() {
        return containers().stream()
                .flatMap(container -> container.getEnv().stream())
                .toList();
    }

    List<String> volumes() {
        List<String> names = new ArrayList<>(claims);
        own().forEach(volume -> names.add(volume.getName()));
        return names;
    }

    List<String> configMaps() {
        return own().stream()
                .filter(volume -> volume.getConfigMap() != null)
                .map(volume -> volume.getConfigMap().getName())
                .toList();
    }

    private List<V1Volume> own() {
        return Objects.requireNonNullElse(pod.getSpec().getVolumes(), List.of());
    }
}
