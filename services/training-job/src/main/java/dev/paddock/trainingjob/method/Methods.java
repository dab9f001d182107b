package dev.paddock.trainingjob.method;

import dev.paddock.catalogue.UnknownEntryException;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** The methods that can be ordered. */
public interface Methods extends JpaRepository<Method, String> {
    @Query("select m.id from Method m order by m.id")
    List<String> ids();

    List<Method> findAllByOrderById();

    /**
     * The method of that name.
     *
     * @throws UnknownEntryException with near names if no worker announced it
     */
    default Method named(String id) {
        return findById(id).orElseThrow(() -> new UnknownEntryException("training method", id, ids()));
    }
}
