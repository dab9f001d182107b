package dev.paddock.trainingjob.lease;

import org.springframework.data.jpa.repository.JpaRepository;

/** Every attempt ever started. */
interface Attempts extends JpaRepository<Attempt, Attempt.Key> {}
