package io.meltemi.webapp.kill;

import java.io.IOException;
import java.util.List;

/** A provider that outlives the broker, and what really stands there. */
interface Place extends AutoCloseable {
  String name();

  /** Processes that can be killed while an operation runs: broker, agent. */
  List<String> victims();

  List<Operation> operations();

  /** Most machines that shall stand there at a time. */
  int room();

  /** Starts the provider and makes it an account of a broker that is new. */
  void join(Api api) throws IOException, InterruptedException;

  /** Called when an operation is about to be asked for. */
  void before(Operation operation);

  /** What stands there now. */
  List<Thing> machines();

  /** Names of the images that were captured there. */
  List<String> images();

  /** The process that may be killed beside the broker; the broker is not this one's. */
  Program victim();

  /** Starts that process again. */
  void restart() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /**
   * A machine at the provider.
   *
   * @param token or what else tells the intention that it was made for
   * @param state in CIMI's words
   */
  record Thing(String name, String token, String state) {}
}
