package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.contracts.event.MethodPart;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What can be ordered, with the schema of its parameters. */
@RestController
@RequestMapping("/api/v1/methods")
class MethodController {
    private final Methods methods;
    private final Parts parts;
    private final Composition composition;

    MethodController(Methods methods, Parts parts, Composition composition) {
        this.methods = methods;
        this.parts = parts;
        this.composition = composition;
    }

    @GetMapping
    Page<MethodDescription> list() {
        return new Page<>(
                methods.findAllByOrderById().stream().map(Method::description).toList(), null);
    }

    /** Adapters and objectives with their own parameters. */
    @GetMapping("/parts")
    Page<MethodPart> parts() {
        return new Page<>(parts.all().stream().map(Part::description).toList(), null);
    }

    /** A method, with the parameters that it has with the given adapter and objective. */
    @GetMapping("/{id}")
    MethodDescription get(
            @PathVariable("id") String id,
            @RequestParam(name = "adapter", required = false) @Nullable String adapter,
            @RequestParam(name = "objective", required = false) @Nullable String objective) {
        try {
            Method method = methods.named(id);
            return method.description(composition.of(method, adapter, objective));
        } catch (UnknownEntryException e) {
            throw new ProblemException(CommonProblem.NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
    }
}
