package io.meltemi.pivot;

/** What can be asked of a machine that exists. Force means: without asking the guest. */
public enum MachineAction {
  START(MachineState.STARTING, MachineState.STARTED, Capability.START),
  STOP(MachineState.STOPPING, MachineState.STOPPED, Capability.STOP),
  FORCE_STOP(MachineState.STOPPING, MachineState.STOPPED, Capability.FORCE_STOP),
  RESTART(MachineState.STOPPING, MachineState.STARTED, Capability.RESTART),
  FORCE_RESTART(MachineState.STOPPING, MachineState.STARTED, Capability.FORCE_STOP),
  PAUSE(MachineState.PAUSING, MachineState.PAUSED, Capability.PAUSE),
  SUSPEND(MachineState.SUSPENDING, MachineState.SUSPENDED, Capability.SUSPEND);

  private final MachineState during;
  private final MachineState after;
  private final Capability needs;

  MachineAction(MachineState during, MachineState after, Capability needs) {
    this.during = during;
    this.after = after;
    this.needs = needs;
  }

  /** The state shown while the action is under way. */
  public MachineState during() {
    return during;
  }

  /** The state that shows that the action is done. */
  public MachineState after() {
    return after;
  }

  /** The ability without which a place refuses the action. */
  public Capability needs() {
    return needs;
  }
}
