package dev.paddock.evaluation.suite;

import dev.paddock.catalogue.Catalogue;
import dev.paddock.catalogue.Item;
import dev.paddock.kit.paging.Page;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The suites of the catalogue over HTTP. */
@RestController
@RequestMapping("/api/v1/suites")
class SuiteController {
    private final Catalogue<Suite<?>> suites;

    SuiteController(Catalogue<Suite<?>> suites) {
        this.suites = suites;
    }

    /** A suite and the bar it sets. */
    record SuiteView(String id, String family, String summary, String paper, String gate, double bar) {
        static SuiteView of(Item<Suite<?>> entry) {
            return new SuiteView(
                    entry.id(),
                    entry.family(),
                    entry.summary(),
                    entry.paper(),
                    entry.implementation().gate().rule(),
                    entry.implementation().gate().bar());
        }
    }

    @GetMapping
    Page<SuiteView> list() {
        List<SuiteView> views = suites.items().stream().map(SuiteView::of).toList();
        return new Page<>(views, null);
    }
}
