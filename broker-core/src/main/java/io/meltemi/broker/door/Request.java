package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;

/** A changing request on its way: who asks, and what was said beside the body. */
record Request(Caller caller, Intent intent) {
  String tenant() {
    return caller.tenant();
  }

  /** The consumer's key made this tenant's own; keys of two tenants never meet. */
  String key() {
    return caller.tenant() + " " + intent.idempotencyKey().orElse("");
  }
}
