package io.meltemi.connector.node.agent;

import io.meltemi.connector.node.NodeReport.Capacity;
import io.meltemi.connector.node.ReportedMachine.Endpoint;
import io.meltemi.connector.node.WantedMachine;
import io.meltemi.connector.node.host.HostException;
import io.meltemi.connector.node.host.Users;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Hands out what machines must not share: users, ports, and the capacity that is lent. */
final class Allocator implements MachineSteps.Allocation {
  private final AgentSettings settings;
  private final Capacity capacity;
  private final UnaryOperator<List<Integer>> reachable;
  private final Map<String, Integer> slots = new HashMap<>();
  private final Map<String, List<Endpoint>> ports = new HashMap<>();
  private final Map<String, WantedMachine> admitted = new HashMap<>();

  /**
   * @param reachable those of some guest ports that can be opened
   */
  Allocator(AgentSettings settings, Capacity capacity, UnaryOperator<List<Integer>> reachable) {
    this.settings = settings;
    this.capacity = capacity;
    this.reachable = reachable;
  }

  /** A machine that has been on this node before the agent started. */
  synchronized void adopt(MachineRecord machine) {
    String id = machine.wanted().id();
    slots.put(id, machine.slot());
    ports.put(id, machine.endpoints());
    if (machine.phase() == MachineRecord.Phase.READY) {
      admitted.put(id, machine.wanted());
    }
  }

  /** Slot 0 is for trials. */
  synchronized int slot(String id) {
    Set<Integer> used = new HashSet<>(slots.values());
    for (int slot = 1; slot < Users.MOST; slot++) {
      if (!used.contains(slot)) {
        slots.put(id, slot);
        return slot;
      }
    }
    throw new HostException("all " + Users.MOST + " users of this node are taken");
  }

  @Override
  public synchronized void release(String id) {
    slots.remove(id);
    ports.remove(id);
    admitted.remove(id);
  }

  /** Where the guest ports shall be opened: at the old places where they are still free. */
  @Override
  public synchronized List<Endpoint> endpoints(MachineRecord machine) {
    String id = machine.wanted().id();
    Set<Integer> used = new HashSet<>();
    ports.forEach((other, taken) -> {
      if (!other.equals(id)) {
        taken.forEach(endpoint -> used.add(endpoint.port()));
      }
    });
    List<Endpoint> endpoints = new ArrayList<>();
    for (int guestPort : reachable.apply(machine.wanted().guestPorts())) {
      int port = port(machine, guestPort, used);
      used.add(port);
      endpoints.add(new Endpoint(guestPort, settings.endpointAddress(), port));
    }
    ports.put(id, endpoints);
    return endpoints;
  }

  private int port(MachineRecord machine, int guestPort, Set<Integer> used) {
    for (Endpoint before : machine.endpoints()) {
      if (before.guestPort() == guestPort && !used.contains(before.port()) && free(before.port())) {
        return before.port();
      }
    }
    for (int port = settings.firstPort(); port <= settings.lastPort(); port++) {
      if (!used.contains(port) && free(port)) {
        return port;
      }
    }
    throw new HostException(
        "no port is free in " + settings.firstPort() + "-" + settings.lastPort());
  }

  private boolean free(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(settings.endpointAddress()), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Refuses by name what the node does not lend. */
  @Override
  public synchronized void admit(WantedMachine wanted) {
    Map<String, WantedMachine> all = new HashMap<>(admitted);
    all.put(wanted.id(), wanted);
    long cpu = all.values().stream().mapToLong(WantedMachine::cpu).sum();
    long memory = all.values().stream().mapToLong(WantedMachine::memoryKibibytes).sum();
    refuse("machines", all.size(), capacity.machines());
    refuse("virtual CPUs", cpu, capacity.cpu());
    refuse("KiB of memory", memory, capacity.memoryKibibytes());
    admitted.put(wanted.id(), wanted);
  }

  private static void refuse(String what, long used, long lent) {
    if (used > lent) {
      throw new HostException(
          "this node lends " + lent + " " + what + ", " + used + " would be in use");
    }
  }
}
