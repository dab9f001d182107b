package dev.paddock.trainingjob.job;

import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;
import org.springframework.data.repository.query.Param;

/** Every attempt ever started; jobs add them. */
interface Attempts extends Repository<Attempt, Attempt.Key> {
    @Query("select a from Attempt a where a.jobId = :job and a.number > :after order by a.number")
    List<Attempt> page(@Param("job") UUID job, @Param("after") int after, Limit limit);
}
