package org.example.paper;

import io.meltemi.connector.Handle;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineState;

/**
 * A machine: one file in the cloud's folder {@code machines}.
 *
 * @param account the broker's account that made it; null for machines of others
 * @param token the intention that it was made for; null for machines of others
 */
record Sheet(
    String id,
    String name,
    String account,
    String token,
    MachineState state,
    int cpu,
    long memoryMebibytes) {

  boolean isOf(String asking) {
    return asking.equals(account) && token != null;
  }

  Handle handle() {
    return new Handle(id);
  }

  Amount shape() {
    return new Amount(1, cpu, memoryMebibytes * 1024, 0);
  }

  Sheet in(MachineState now) {
    return new Sheet(id, name, account, token, now, cpu, memoryMebibytes);
  }
}
