package io.meltemi.broker.store;

import java.io.Serial;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The store cannot be opened or cannot do what it was asked; says so in one sentence. */
public final class StoreException extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final String remedy;

  public StoreException(String message, String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  static StoreException of(SQLException cause) {
    return new StoreException(
        "The store failed: " + cause.getMessage(),
        "Look at the disk and the database; what was asked for may be asked for again.",
        cause);
  }

  /** A sentence: what to do now. */
  public String remedy() {
    return remedy;
  }

  /** The database's code of five characters; empty when the database was not the cause. */
  String sqlState() {
    return getCause() instanceof SQLException sql && sql.getSQLState() != null
        ? sql.getSQLState()
        : "";
  }

  boolean isDuplicate() {
    return sqlState().equals("23505");
  }
}
