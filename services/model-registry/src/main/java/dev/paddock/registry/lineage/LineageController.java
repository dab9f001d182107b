package dev.paddock.registry.lineage;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.ProblemException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What something was made of, and what was made of it. */
@RestController
class LineageController {
    private final Lineage lineage;

    LineageController(Lineage lineage) {
        this.lineage = lineage;
    }

    @GetMapping("/api/v1/lineage/{kind}/{id}")
    LineageGraph around(
            Caller caller,
            @PathVariable String kind,
            @PathVariable String id,
            @RequestParam(defaultValue = "both") String direction) {
        NodeKind known = NodeKind.find(kind)
                .orElseThrow(() -> ProblemException.invalid("kind", kind, "must be one of " + words()));
        return lineage.around(caller.tenant(), new NodeReference(known, id), direction(direction))
                .orElseThrow(() -> ProblemException.notFound(kind, id));
    }

    @GetMapping("/api/v1/versions/{id}/lineage")
    LineageGraph ofVersion(Caller caller, @PathVariable String id) {
        return around(caller, NodeKind.VERSION.word(), id, "both");
    }

    private static String words() {
        return Arrays.stream(NodeKind.values()).map(NodeKind::word).collect(Collectors.joining(", "));
    }

    private static Direction direction(String word) {
        return Arrays.stream(Direction.values())
                .filter(direction -> direction.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.invalid("direction", word, "must be up, down or both"));
    }
}
