package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.UnknownEntryException;
import dev.paddock.contracts.event.MethodDescription;
import dev.paddock.kit.paging.Page;
import dev.paddock.kit.problem.CommonProblem;
import dev.paddock.kit.problem.ProblemException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What can be ordered, with the schema of its parameters. */
@RestController
@RequestMapping("/api/v1/methods")
class MethodController {
    private final Methods methods;

    MethodController(Methods methods) {
        this.methods = methods;
    }

    @GetMapping
    Page<MethodDescription> list() {
        return new Page<>(
                methods.findAllByOrderById().stream().map(Method::description).toList(), null);
    }

    @GetMapping("/{id}")
    MethodDescription get(@PathVariable("id") String id) {
        try {
            return methods.named(id).description();
        } catch (UnknownEntryException e) {
            throw new ProblemException(CommonProblem.NOT_FOUND, String.valueOf(e.getMessage()), e);
        }
    }
}
