package io.meltemi.broker.kinds;

import static io.meltemi.model.schema.Declare.kind;
import static io.meltemi.model.schema.Declare.members;
import static io.meltemi.model.schema.Declare.uri;

import io.meltemi.model.schema.CimiKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.KindBuilder;
import io.meltemi.model.schema.Kinds;
import io.meltemi.model.schema.ResourceKind;
import io.meltemi.model.schema.ResourceKind.Metering;
import io.meltemi.model.schema.ResourceKind.Owner;
import java.util.ArrayList;
import java.util.List;

/** All resource types that a broker serves; a new one of its own is declared and listed here. */
public final class BrokerKinds {
  /** Name of the entry point's kind, and its path. */
  public static final String ENTRY_POINT = "EntryPoint";

  private static final List<ResourceKind> DECLARED =
      List.of(
          ProviderKinds.CONNECTOR,
          ProviderKinds.ACCOUNT,
          ProviderKinds.LOCATION,
          ProviderKinds.OFFER,
          ProviderKinds.NODE,
          ProviderKinds.JOIN_TOKEN,
          ProviderKinds.FINDING,
          ProviderKinds.FOREIGN_MACHINE,
          ProviderKinds.FACT_CHANGE,
          PlacementKinds.DECISION,
          PlacementKinds.VERDICT,
          PlacementKinds.POLICY,
          PeopleKinds.TENANT,
          PeopleKinds.USER,
          PeopleKinds.API_TOKEN,
          EventKinds.EVENT);

  private BrokerKinds() {}

  /** CIMI's types and the broker's. */
  public static Kinds all() {
    List<ResourceKind> own = new ArrayList<>();
    own.add(entryPoint());
    own.addAll(DECLARED);
    return new Kinds(CimiKinds.with(own));
  }

  private static ResourceKind entryPoint() {
    KindBuilder builder =
        kind(ENTRY_POINT)
            .only(Face.BROKER_1)
            .single("entryPoint")
            .owner(Owner.HOUSE)
            .attribute(uri("baseURI").required().fixed());
    DECLARED.forEach(kind ->
        kind.catalogue()
            .ifPresent(name -> builder.attribute(members(name, kind.name()).optional())));
    return builder.metering(Metering.NONE);
  }
}
