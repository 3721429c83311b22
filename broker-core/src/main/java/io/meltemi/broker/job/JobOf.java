package io.meltemi.broker.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import java.util.Optional;

/** The last job that worked on a resource: stands under {@code _.job} of its row. */
public final class JobOf {
  private JobOf() {}

  public static Optional<String> of(Row row) {
    return Optional.ofNullable(row.inner().path("job").textValue());
  }

  /** True while a job works on it: its state is the job's affair. */
  public static boolean busy(Store store, Row row) {
    return of(row)
        .flatMap(job -> store.read(Store.EVERYBODY, job))
        .filter(job -> !JobRows.state(job).ended())
        .isPresent();
  }

  static Row take(Row row, Row job) {
    ObjectNode inner = row.inner().deepCopy();
    inner.put("job", job.id());
    return row.withInner(inner);
  }
}
