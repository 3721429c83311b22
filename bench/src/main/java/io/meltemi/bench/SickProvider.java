package io.meltemi.bench;

import java.io.IOException;

/** A provider that can fall sick, and be well again. */
interface SickProvider extends AutoCloseable {
  /** As an account is told of it. */
  Provider provider();

  /** Calls that come from now on meet it. */
  void fallSick() throws IOException;

  /** Calls that come from now on go well; those which met it end. */
  void recover() throws IOException;

  /** How many calls met it. */
  String met();

  @Override
  void close() throws IOException, InterruptedException;
}
