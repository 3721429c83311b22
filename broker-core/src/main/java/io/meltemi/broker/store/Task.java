package io.meltemi.broker.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;

/**
 * The work of a job: what a worker needs to go on after any interruption.
 *
 * @param job path of the Job row that people see
 * @param queue worked off apart from other queues: the provider account's id, or {@code broker}
 * @param step name of the next step
 * @param due not before
 * @param attempts how often this step was tried
 * @param memory what earlier steps left: order, token, handle, limits
 * @param fence number of the claim under which it is worked on; grows with every claim
 * @param owner worker that holds it; empty when it waits
 * @param until end of the claim, by the database's clock
 */
public record Task(
    String job,
    String tenant,
    String queue,
    String step,
    Instant due,
    int attempts,
    ObjectNode memory,
    long fence,
    Optional<String> owner,
    Optional<Instant> until) {

  public Task next(String newStep, Instant newDue, ObjectNode newMemory) {
    return new Task(job, tenant, queue, newStep, newDue, 0, newMemory, fence, owner, until);
  }

  public Task again(Instant newDue, ObjectNode newMemory) {
    return new Task(job, tenant, queue, step, newDue, attempts + 1, newMemory, fence, owner, until);
  }

  public Task inQueue(String newQueue) {
    return new Task(job, tenant, newQueue, step, due, attempts, memory, fence, owner, until);
  }
}
