package io.meltemi.webapp.kill.agent;

import java.util.List;
import java.util.Set;

/**
 * Which methods are marked: what our processes do to disk, store, provider and client, and the work
 * on whose behalf they do it. A new connector call, step or door operation is marked by itself.
 */
final class Marks {
  private static final String BROKER = "io/meltemi/broker/";
  private static final String NODE = "io/meltemi/connector/node/";

  /** What is called at the beginning of a marked method and at its return; empty for nothing. */
  enum Calls {
    /** The thread is at this work until it begins another. */
    WORK("work", ""),
    /** The thread is at this work until it returns. */
    ERRAND("work", "rest"),
    /** The thread begins something new of which nothing is known yet. */
    REST("rest", ""),
    /** One point before, one after. */
    POINT("passed", "passed"),
    /** A writing thread acts for this one meanwhile. */
    WRITE("asked", "answered"),
    /** A point before and one after, on the writing thread. */
    INSIDE("inside", "inside"),
    /** A point after, on the writing thread; before it nothing is new. */
    INSIDE_AFTER("", "inside");

    final String before;
    final String after;

    Calls(String before, String after) {
      this.before = before;
      this.after = after;
    }
  }

  /**
   * @param type a class, or an interface whose classes are meant
   * @param methods empty for all that the interface has
   */
  record Mark(Calls calls, String type, Set<String> methods) {}

  static final List<Mark> ALL =
      List.of(
          mark(Calls.REST, "io/meltemi/webapp/http/JerseyContainer", "handle"),
          mark(Calls.WORK, BROKER + "Broker", "create", "update", "delete", "act"),
          mark(Calls.WORK, "io/meltemi/webapp/web/NodeResource", "post"),
          mark(Calls.WORK, BROKER + "job/Step", "run", "fault", "expired", "stop"),
          mark(Calls.ERRAND, BROKER + "store/Store", "claim"),
          mark(
              Calls.POINT,
              "io/meltemi/webapp/http/AnswerWriter",
              "send",
              "writeResponseStatusAndHeaders"),
          mark(Calls.WRITE, BROKER + "store/Writer", "run"),
          mark(Calls.INSIDE, BROKER + "store/Journal", "append"),
          mark(Calls.INSIDE_AFTER, BROKER + "store/Session", "commit"),
          mark(Calls.POINT, "io/meltemi/connector/Machines"),
          mark(Calls.POINT, "io/meltemi/connector/Images"),
          mark(Calls.POINT, "io/meltemi/connector/Volumes"),
          mark(Calls.POINT, "io/meltemi/connector/Snapshots"),
          mark(
              Calls.POINT,
              "io/meltemi/connector/MachineSnapshots",
              "take",
              "list",
              "find",
              "read",
              "restore",
              "delete"),
          mark(Calls.POINT, "io/meltemi/connector/Networks"),
          mark(Calls.POINT, "io/meltemi/connector/Addresses"),
          mark(Calls.WORK, NODE + "agent/NodeAgent$Exchange", "once"),
          mark(Calls.WORK, NODE + "agent/NodeAgent", "report"),
          mark(Calls.WORK, NODE + "agent/Partitions", "machine"),
          mark(
              Calls.WORK,
              NODE + "agent/MachineSteps",
              "want",
              "prepare",
              "launch",
              "ended",
              "stop",
              "remove",
              "copyDisk"),
          mark(Calls.WORK, NODE + "agent/Captures", "apply", "make", "remove"),
          mark(Calls.WORK, NODE + "agent/VolumeShelf", "apply", "adopt", "look"),
          mark(Calls.WORK, NODE + "agent/MachineVolumes", "live"),
          mark(Calls.POINT, NODE + "host/Disks", "make", "copy", "lend", "takeBack", "remove"),
          mark(Calls.POINT, NODE + "host/GuestKind$Plugs"),
          mark(Calls.POINT, NODE + "agent/BrokerLink", "sync", "report"),
          mark(Calls.POINT, NODE + "host/DurableFile", "write", "remove"),
          mark(Calls.POINT, NODE + "host/Programs", "run"),
          mark(Calls.POINT, NODE + "host/Guard", "launch"),
          mark(Calls.POINT, NODE + "host/Guard$Running", "kill"),
          mark(Calls.POINT, NODE + "host/GuestKind", "prepare"),
          mark(Calls.POINT, NODE + "host/GuestKind$Session"));

  private Marks() {}

  private static Mark mark(Calls calls, String type, String... methods) {
    return new Mark(calls, type, Set.of(methods));
  }
}
