package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;

/** A changing request on its way: who asks, and what was said beside the body. */
record Request(Caller caller, Intent intent) {
  String tenant() {
    return caller.tenant();
  }

  /** The consumer's key made this user's own: nobody is told what another was answered. */
  String key() {
    return caller.tenant() + " " + caller.user() + " " + intent.idempotencyKey().orElse("");
  }
}
