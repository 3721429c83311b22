package io.meltemi.connector.vsphere;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Handle;
import io.meltemi.connector.vsphere.vim.Ref;
import io.meltemi.connector.vsphere.vim.VCenter;
import io.meltemi.connector.vsphere.vim.VCenter.Change;
import io.meltemi.connector.vsphere.vim.Walk;
import io.meltemi.connector.vsphere.vim.Walk.Step;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows what a vCenter tells of the machines of the account's datacenter, for those outside of
 * its folder may be adopted; on a thread of its own until closed.
 */
final class Hints implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Hints.class);
  private static final int PAUSE_SECONDS = 5;

  private final VCenter vcenter;
  private final Scope scope;
  private final Consumer<Handle> changed;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  Hints(VCenter vcenter, Scope scope, Consumer<Handle> changed) {
    this.vcenter = vcenter;
    this.scope = scope;
    this.changed = changed;
    this.thread = Thread.ofVirtual().name("vsphere-watch").start(this::run);
  }

  /** What fails is begun anew; what changed meanwhile is for the next look to find. */
  private void run() {
    try {
      do {
        try {
          scope.on(ground -> {
            follow(ground.machines());
            return ground;
          });
        } catch (ConnectorException e) {
          LOG.debug("the watch begins anew: {}", e.getMessage());
        }
      } while (!closed.await(PAUSE_SECONDS, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void follow(Ref folder) {
    Walk walk =
        Walk.from(folder, Step.down())
            .note(
                "VirtualMachine",
                "name",
                "config.instanceUuid",
                "runtime.powerState",
                "runtime.connectionState",
                "guest.ipAddress",
                "summary.config.numCpu",
                "summary.config.memorySizeMB");
    try {
      vcenter.follow(walk, new News());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The first news is the state of everything, which nobody asked for. */
  private final class News implements Consumer<List<Change>> {
    private final Map<Ref, Handle> handles = new HashMap<>();
    private boolean first = true;

    @Override
    public void accept(List<Change> changes) {
      changes.forEach(this::note);
      first = false;
    }

    private void note(Change change) {
      Ref machine = change.facts().ref();
      String uuid = change.facts().text("config.instanceUuid");
      if (!uuid.isEmpty()) {
        handles.put(machine, new Handle(uuid));
      }
      Handle handle = change.gone() ? handles.remove(machine) : handles.get(machine);
      if (handle != null && !first && closed.getCount() > 0) {
        changed.accept(handle);
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
  }
}
