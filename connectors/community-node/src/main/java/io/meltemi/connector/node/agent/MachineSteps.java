package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.Power;
import io.meltemi.connector.node.ReportedMachine;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.connector.node.agent.MachineRecord.Phase;
import io.meltemi.connector.node.host.Guest;
import io.meltemi.connector.node.host.GuestKind.Session;
import io.meltemi.connector.node.host.GuestKind.Session.Activity;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.connector.node.host.Launch;
import io.meltemi.pivot.MachineState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The steps from what a machine is to what it shall be. Decides from what is there now; what it is
 * about to do is on disk before, so that it goes on after any crash of the agent. Used by one
 * thread.
 */
final class MachineSteps {
  private static final Duration CUT_PATIENCE = Duration.ofSeconds(3);
  private static final int STARTS = 3;

  private final RecordFile<MachineRecord> file;
  private final Guest guest;
  private final MachineVolumes volumes;
  private final Allocation allocation;
  private final Stopping stopping;
  private volatile MachineRecord record;
  private int failures;
  private String settled = "";

  /** What the node lends to the machine. */
  interface Allocation {
    /**
     * @throws HostException when the node does not lend it
     */
    void admit(WantedMachine wanted);

    List<ReportedMachine.Endpoint> endpoints(MachineRecord record);

    void release(String id);
  }

  MachineSteps(
      MachineRecord record,
      RecordFile<MachineRecord> file,
      Guest guest,
      MachineVolumes volumes,
      Allocation allocation,
      Duration grace) {
    this.record = record;
    this.file = file;
    this.guest = guest;
    this.volumes = volumes;
    this.allocation = allocation;
    this.stopping = new Stopping(grace, CUT_PATIENCE);
  }

  String id() {
    return record.wanted().id();
  }

  MachineRecord current() {
    return record;
  }

  private void keep(MachineRecord changed) {
    file.write(changed);
    record = changed;
  }

  void want(long number, WantedMachine wanted) {
    if (number <= record.number()) {
      return;
    }
    MachineRecord changed = record.wanting(number, wanted);
    keep(changed.phase() == Phase.BROKEN ? changed.in(Phase.NEW, "") : changed);
    failures = 0;
    settled = "";
  }

  /** One step. Returns what to report. */
  ReportedMachine step() {
    if (record.wanted().power() == Power.ABSENT) {
      return remove();
    }
    if (!file.present()) {
      return lost();
    }
    if (record.phase() == Phase.NEW) {
      prepare();
    }
    if (record.phase() == Phase.BROKEN) {
      return shown(MachineState.ERROR);
    }
    boolean alive = alive();
    if (!alive && !record.on() && !record.saved()) {
      volumes.atRest();
    }
    return switch (record.wanted().power()) {
      case RUNNING -> alive ? keepRunning() : start();
      case STOPPED -> alive ? stop() : stopped();
      case PAUSED -> alive ? keepPaused() : bringBack();
      case SUSPENDED -> alive ? suspend() : suspended();
      case ABSENT -> throw new IllegalStateException("handled above");
    };
  }

  private void prepare() {
    try {
      allocation.admit(record.wanted());
      guest.prepare(record.wanted());
      keep(record.in(Phase.READY, ""));
    } catch (HostException e) {
      keep(record.in(Phase.BROKEN, e.reason()));
    }
  }

  /** Looks whether the process of the last launch is there; starts it when nobody ever has. */
  private boolean alive() {
    if (guest.alive()) {
      return true;
    }
    if (record.on()) {
      if (guest.neverStarted(record.launch())) {
        launch();
        return guest.alive();
      }
      ended();
    }
    return false;
  }

  private void ended() {
    String how = guest.howEnded(record.launch());
    stopping.over();
    settled = "";
    boolean meant =
        record.wanted().power() != Power.RUNNING || record.boots() < record.wanted().boots();
    if (meant) {
      keep(record.off(""));
    } else if (record.up()) {
      keep(record.off(how));
    } else {
      failures++;
      keep(record.off("did not start: " + how));
    }
  }

  /** The process is not there and the machine shall run. */
  private ReportedMachine start() {
    boolean failed = !record.up() && failures > 0;
    if (record.saved() && record.wanted().boots() > record.boots()) {
      guest.dropMemory();
      keep(record.memory(false));
    }
    boolean boot = record.boots() < record.wanted().boots();
    if (failed && failures < STARTS) {
      return launch(record.boots());
    }
    if (failed && !boot) {
      return shown(MachineState.ERROR);
    }
    if (record.saved()) {
      return launch(record.boots());
    }
    return boot ? launch(record.wanted().boots()) : shown(MachineState.STOPPED);
  }

  private ReportedMachine launch(int boots) {
    keep(record.launched(boots, allocation.endpoints(record)));
    launch();
    return shown(MachineState.STARTING);
  }

  private void launch() {
    guest.launch(
        record.wanted(),
        new Launch(record.launch(), record.endpoints(), volumes.plugs(), record.saved()));
  }

  private ReportedMachine keepRunning() {
    if (record.boots() < record.wanted().boots()) {
      return stop();
    }
    String now = "running " + record.launch();
    if (settled.equals(now)) {
      volumes.live(record.launch());
      return shown(MachineState.STARTED);
    }
    try (Session session = guest.attach()) {
      ready(session);
      if (session.activity() == Activity.PAUSED) {
        forgetMemory();
        session.go();
      }
    } catch (HostException e) {
      return notYet(e, MachineState.STARTING);
    }
    settled = now;
    return shown(MachineState.STARTED);
  }

  private void ready(Session session) {
    if (session.activity() == Activity.RESTORING) {
      session.restore();
    }
    answered();
    stopping.over();
  }

  private void answered() {
    if (!record.up()) {
      keep(record.answered());
    }
  }

  /** Before a guest goes on its saved memory must be gone: it must never be used a second time. */
  private void forgetMemory() {
    if (record.saved()) {
      keep(record.memory(false));
      guest.dropMemory();
    }
  }

  /** A process that does not answer yet, or not any more, says nothing about the machine. */
  private ReportedMachine notYet(HostException e, MachineState meanwhile) {
    if (record.up() && guest.alive()) {
      throw e;
    }
    return shown(meanwhile);
  }

  private ReportedMachine keepPaused() {
    String now = "paused " + record.launch();
    if (settled.equals(now)) {
      volumes.live(record.launch());
      return shown(MachineState.PAUSED);
    }
    try (Session session = guest.attach()) {
      ready(session);
      forgetMemory();
      session.pause();
    } catch (HostException e) {
      return notYet(e, MachineState.PAUSING);
    }
    settled = now;
    return shown(MachineState.PAUSED);
  }

  private ReportedMachine bringBack() {
    return record.saved() ? launch(record.boots()) : shown(MachineState.STOPPED);
  }

  private ReportedMachine suspend() {
    try (Session session = guest.attach()) {
      answered();
      if (!record.saved()) {
        volumes.mustBeSavable(session);
        session.pause();
        session.save();
        keep(record.memory(true));
      }
      session.cut();
    } catch (HostException e) {
      return notYet(e, MachineState.SUSPENDING);
    }
    return shown(MachineState.SUSPENDING);
  }

  private ReportedMachine suspended() {
    return shown(record.saved() ? MachineState.SUSPENDED : MachineState.STOPPED);
  }

  /** Power button first; force, or a guest that does not listen, cuts it off. */
  private ReportedMachine stop() {
    settled = "";
    Stopping.Move move = stopping.next(record.wanted().force());
    if (move == Stopping.Move.KILL) {
      guest.kill();
    } else if (move != Stopping.Move.WAIT) {
      try (Session session = guest.attach()) {
        answered();
        act(session, move);
      } catch (HostException e) {
        if (move == Stopping.Move.CUT) {
          guest.kill();
        }
      }
    }
    return shown(MachineState.STOPPING);
  }

  private static void act(Session session, Stopping.Move move) {
    if (move == Stopping.Move.CUT) {
      session.cut();
      return;
    }
    if (session.activity() == Activity.PAUSED) {
      session.go();
    }
    session.powerButton();
  }

  private ReportedMachine stopped() {
    if (record.saved()) {
      keep(record.memory(false));
      guest.dropMemory();
    }
    return shown(MachineState.STOPPED);
  }

  private ReportedMachine remove() {
    if (guest.alive()) {
      guest.kill();
      return shown(MachineState.DELETING);
    }
    volumes.release();
    guest.remove();
    allocation.release(id());
    return new ReportedMachine(
        id(), record.number(), true, MachineState.DELETING, "", record.boots(), "", "", List.of());
  }

  /** Somebody took the folder away: the machine is no more, and its guard ends the guest. */
  private ReportedMachine lost() {
    volumes.release();
    allocation.release(id());
    return new ReportedMachine(
        id(),
        record.number(),
        true,
        MachineState.ERROR,
        "its folder is gone",
        record.boots(),
        "",
        "",
        List.of());
  }

  /** A disk that nobody writes to for the moment, copied beside it. */
  Path copyDisk() {
    if (record.phase() != Phase.READY) {
      throw new HostException("the machine has no disk");
    }
    if (!alive()) {
      return guest.copyDisk();
    }
    try (Session session = guest.attach()) {
      boolean running = session.activity() == Activity.RUNNING;
      session.pause();
      try {
        return guest.copyDisk();
      } finally {
        if (running) {
          session.go();
        }
      }
    }
  }

  String console(int most) {
    return guest.console(most);
  }

  /** A step that could not be taken now: it is taken again, and the reason is gone then. */
  ReportedMachine trouble(String reason) {
    return shown(guest.alive() ? MachineState.STARTED : MachineState.ERROR, reason);
  }

  ReportedMachine shown(MachineState state) {
    return shown(state, record.reason());
  }

  private ReportedMachine shown(MachineState state, String reason) {
    boolean reachable = state == MachineState.STARTED || state == MachineState.CAPTURING;
    return new ReportedMachine(
        id(),
        record.number(),
        false,
        state,
        reason.substring(0, Math.min(reason.length(), 900)),
        record.boots(),
        reachable ? guest.address() : "",
        reachable ? guest.mac() : "",
        reachable ? record.endpoints() : List.of());
  }
}
