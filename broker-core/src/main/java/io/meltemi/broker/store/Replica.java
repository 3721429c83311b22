package io.meltemi.broker.store;

import java.util.concurrent.atomic.AtomicLong;

/** What this process knows of the store without asking it, and who wants to hear of changes. */
final class Replica {
  private final Memory memory;
  private final Wakes tasks = new Wakes();
  private final Wakes events = new Wakes();
  private final AtomicLong position = new AtomicLong();

  Replica(Memory memory) {
    this.memory = memory;
  }

  /** Takes in all that is stored; what is committed meanwhile comes by its events. */
  void begin(Session session) {
    position.set(new EventTable(session).last());
    memory.fill(new RowTable(session)::each);
  }

  Memory memory() {
    return memory;
  }

  Wakes tasks() {
    return tasks;
  }

  Wakes events() {
    return events;
  }

  /** Position of the newest event that this replica has taken in. */
  long position() {
    return position.get();
  }

  /** After a commit of this replica. */
  void committed(Committed what) {
    memory.apply(what.rows());
    if (what.tasks()) tasks.call();
  }

  /** Events up to this position are visible, and memory knows of them. */
  void reached(long newest) {
    if (position.getAndSet(newest) < newest) events.call();
  }
}
