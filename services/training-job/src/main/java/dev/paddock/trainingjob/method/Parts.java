package dev.paddock.trainingjob.method;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The adapters and objectives that orders choose. */
interface Parts extends JpaRepository<Part, Part.Key> {
    @Query("select p from Part p order by p.key.kind, p.key.id")
    List<Part> all();
}
