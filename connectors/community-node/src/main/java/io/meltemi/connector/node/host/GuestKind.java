package io.meltemi.connector.node.host;

import io.meltemi.connector.node.NodeReport;
import io.meltemi.connector.node.WantedMachine;
import java.util.List;
import java.util.Set;

/** A way of running guests that has proven itself on this host. */
public interface GuestKind {
  NodeReport.Kind report();

  /** What running one guest costs beside its own memory. */
  long memoryCostKibibytes();

  /** Address of the guest in its own network; empty when it has none. */
  String address();

  /** Hardware address of the guest's network card; empty when it has none. */
  String mac(Box box);

  /** True when machines of this kind can be made of the image. */
  boolean runs(GuestImage image);

  /** True when the guest in this folder was made by this kind. */
  boolean made(Box box);

  /** Those of the wanted guest ports that can be made reachable. */
  List<Integer> ports(List<Integer> wanted);

  /** Makes everything that the guest needs in its folder. May be repeated from the start. */
  void prepare(Box box, WantedMachine wanted, GuestImage image);

  /** The command that runs the guest as its own user. */
  List<String> command(Box box, WantedMachine wanted, GuestImage image, Launch launch);

  /**
   * Reaches for a running guest.
   *
   * @throws HostException when it does not answer (yet)
   */
  Session attach(Box box, Guard.Running running);

  /** The volumes of a running guest. Their disks lie in its folder and are its own. */
  interface Plugs {
    /** Slots that are not free, also those of volumes that were taken and are still remembered. */
    Set<Integer> taken();

    /** Shows the volume to the guest; does nothing when that is done. */
    void plug(Plug plug);

    /** Asks the guest to let go of the volume. */
    void ask(Plug plug);

    /** Takes the volume from the guest: it gets errors where the volume was. */
    void take(Plug plug);

    /** True until the guest's program has closed the volume's disk. */
    boolean holds(Plug plug);
  }

  /** A running guest within reach. */
  interface Session extends AutoCloseable {
    /** What a guest is doing while its process lives. */
    enum Activity {
      RUNNING,
      PAUSED,
      /** Waits for, or reads, its saved memory. */
      RESTORING
    }

    Activity activity();

    /** Stops its processors; its disks are consistent afterwards. */
    void pause();

    /** Lets its processors go on. */
    void go();

    /** Asks the guest to end. */
    void powerButton();

    /** Ends the guest without asking; what it had written before is kept. */
    void cut();

    /** Writes the memory of a paused guest to a file. The guest stays paused. */
    void save();

    /** Reads the memory into a guest that is restoring. The guest is paused afterwards. */
    void restore();

    /** Its volumes. */
    default Plugs plugs() {
      throw new HostException("machines of this kind have no volumes");
    }

    @Override
    void close();
  }
}
