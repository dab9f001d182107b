package dev.paddock.kit.sample;

import dev.paddock.kit.identity.Caller;
import dev.paddock.kit.problem.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Creates effects at {@code POST /api/v1/datasets}; every other path answers who asked. */
@RestController
public class SampleController {
    private final Effects effects;

    SampleController(Effects effects) {
        this.effects = effects;
    }

    public record NewEffect(@NotBlank String name, @Positive int size) {}

    @PostMapping("/api/v1/datasets")
    ResponseEntity<Map<String, Object>> create(Caller caller, @Valid @RequestBody NewEffect effect)
            throws InterruptedException {
        if (effect.name().startsWith("state ")) {
            effects.raise(effect.name().substring("state ".length()));
        }
        Object id = effects.add(caller.tenant(), effect.name());
        if (effect.name().startsWith("slow")) {
            Thread.sleep(700);
        }
        if (effect.name().startsWith("nested")) {
            Thread.sleep(300);
            effects.addAtOnce(caller.tenant(), effect.name());
        }
        if (effect.name().startsWith("single")) {
            effects.addOnce(effect.name());
        }
        if (effect.name().startsWith("refused")) {
            throw ProblemException.invalid("name", effect.name(), "must not be refused");
        }
        return ResponseEntity.status(HttpStatus.CREATED).eTag("\"0\"").body(Map.of("id", id));
    }

    @PostMapping("/api/v1/documents")
    Map<String, Object> upload(Caller caller, @RequestParam MultipartFile file) {
        return Map.of("id", effects.add(caller.tenant(), String.valueOf(file.getOriginalFilename())));
    }

    @RequestMapping("/**")
    Map<String, Object> any(HttpServletRequest request) {
        return Map.of("path", request.getRequestURI());
    }

    @RequestMapping("/api/v1/me")
    Caller me(Caller caller) {
        return caller;
    }
}
