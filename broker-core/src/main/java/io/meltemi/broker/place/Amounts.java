package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.NetworkAmount;

/** Amounts as they stand in documents. */
public final class Amounts {
  private Amounts() {}

  public static ObjectNode json(Amount amount) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("machines", amount.machines())
        .put("cpu", amount.cpu())
        .put("memory", amount.memoryKibibytes())
        .put("disk", amount.diskKilobytes())
        .put("volumes", amount.volumes());
  }

  public static Amount amount(JsonNode json) {
    return new Amount(
        json.path("machines").asLong(),
        json.path("cpu").asLong(),
        json.path("memory").asLong(),
        json.path("disk").asLong(),
        json.path("volumes").asLong());
  }

  public static ObjectNode json(NetworkAmount amount) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("networks", amount.networks())
        .put("subnets", amount.subnets())
        .put("ports", amount.ports())
        .put("addresses", amount.addresses());
  }

  /**
   * @param missing what a part is that is not told: a limit that is missing is none
   */
  public static NetworkAmount networkAmount(JsonNode json, long missing) {
    return new NetworkAmount(
        json.path("networks").asLong(missing),
        json.path("subnets").asLong(missing),
        json.path("ports").asLong(missing),
        json.path("addresses").asLong(missing));
  }
}
