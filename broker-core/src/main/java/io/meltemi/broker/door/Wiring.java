package io.meltemi.broker.door;

import io.meltemi.broker.store.Store;
import io.meltemi.model.schema.Kinds;
import java.util.HashMap;
import java.util.Map;

/** Puts the door's parts together. */
final class Wiring {
  private final Rooms rooms;
  private final Desk desk;
  private final Kinds kinds;
  private final Store store;
  private final MachineLook machineLook;
  private final StoredHandler.Tools tools;

  Wiring(Rooms rooms) {
    this.rooms = rooms;
    this.desk = rooms.desk();
    this.kinds = desk.kinds();
    this.store = desk.store();
    this.machineLook = new MachineLook(rooms.catalog());
    Views views = new Views(kinds, looks());
    this.tools =
        new StoredHandler.Tools(
            desk,
            new Books(desk, rooms.keyLife(), views),
            views,
            new Forms(new Checks(store)),
            new Sealer(rooms.secrets()),
            rooms.jobs());
  }

  Books books() {
    return tools.books();
  }

  Handler stored() {
    return new StoredHandler(tools);
  }

  private Map<String, Look> looks() {
    return Map.of(
        MachineHandler.KIND,
        machineLook,
        Images.KIND,
        new MachineImageHandler.ImageLook(),
        "Job",
        new JobHandler.JobLook(desk));
  }

  Map<String, Handler> handlers() {
    Places places = new Places(kinds);
    Checks checks = new Checks(store);
    Blueprints blueprints = new Blueprints(checks);
    Captures captures = new Captures(tools, places);
    Map<String, Handler> handlers = new HashMap<>();
    Handler entryPoint = new EntryPointHandler(desk);
    handlers.put("CloudEntryPoint", entryPoint);
    handlers.put("EntryPoint", entryPoint);
    handlers.put(MachineHandler.KIND, machines(checks, blueprints, captures));
    handlers.put(Images.KIND, new MachineImageHandler(tools, captures));
    handlers.put("Job", new JobHandler(tools));
    CredentialHandler credentials = new CredentialHandler(tools, blueprints);
    handlers.put("Credential", credentials);
    return handlers;
  }

  private MachineHandler machines(Checks checks, Blueprints blueprints, Captures captures) {
    Orders orders =
        new Orders(
            kinds,
            blueprints,
            new Logins(kinds, blueprints, tools.sealer()),
            new Images(store, checks),
            new Wishes(store, new TermsReader(rooms.placement())));
    Dispatch dispatch = new Dispatch(store, rooms.catalog(), rooms.placement());
    return new MachineHandler(tools, orders, dispatch, machineLook, captures);
  }
}
