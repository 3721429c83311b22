package io.meltemi.webapp.kill;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A provider that outlives the broker, and what really stands there. */
interface Place extends AutoCloseable {
  /** State of a volume that is attached nowhere. */
  String FREE = "FREE";

  /** State of a volume that is attached to the machine of this name. */
  static String at(String machine) {
    return "AT " + machine;
  }

  String name();

  /** Processes that can be killed while an operation runs: broker, agent. */
  List<String> victims();

  List<Operation> operations();

  /** Most machines, volumes, networks and images that shall stand there at a time. */
  int room();

  /** Whether machines are ordered from the image of that name. */
  default boolean boots(String image) {
    return !Wishes.isOurs(image);
  }

  /** Starts the provider, or finds it empty, and makes it an account of a broker that is new. */
  void join(Api api) throws IOException, InterruptedException;

  /** Called when an operation is about to be asked for. */
  void before(Operation operation);

  /** Whether the operation may fail, and say so, although the broker does all it can. */
  default boolean mayFail(Operation operation) {
    return true;
  }

  /**
   * How long it may be hidden what the provider is able to do, so that requests are refused with
   * 409, for a call went wrong or a node has not dialled in again; zero where that never is.
   */
  default Duration hidden() {
    return Duration.ZERO;
  }

  /** Lets calls to the provider go wrong by chance from here on, or no longer. */
  default void rough(boolean on) {
    // nothing stands between
  }

  /** What else is to be told at the end. */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** What stands there now. */
  List<Thing> machines();

  /** Volumes that stand there now: {@link #FREE}, or at a machine. */
  default List<Thing> volumes() {
    return List.of();
  }

  /** Networks that were made there and stand there now. */
  default List<Thing> networks() {
    return List.of();
  }

  /** Floating addresses that are lent there now, called {@link #addressOf} their machines. */
  default List<Thing> addresses() {
    return List.of();
  }

  /** Name of the floating address of the machine of this name. */
  static String addressOf(String machine) {
    return "address of " + machine;
  }

  /** Whether an address is of those that are lent there. */
  static boolean isFloating(String ip) {
    return ip.startsWith("203.0.113.");
  }

  /** All of it. */
  default List<Thing> things() {
    return Stream.of(machines(), volumes(), networks(), addresses()).flatMap(List::stream).toList();
  }

  /** Names of the images and snapshots that were taken there. */
  List<String> images();

  /** The process that may be killed beside the broker; the broker is not this one's. */
  Program victim();

  /** Starts that process again. */
  void restart() throws IOException, InterruptedException;

  @Override
  void close() throws IOException;

  /**
   * A machine, volume, network or floating address at the provider.
   *
   * @param token or what else tells the intention that it was made for
   * @param state in CIMI's words; of an address, itself
   */
  record Thing(String name, String token, String state) {}
}
