package io.meltemi.broker.door;

import io.meltemi.broker.Caller;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.node.JoinTokens;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.watch.Doctor;
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
  private final TermsReader terms;
  private final Wishes wishes;
  private final StoredHandler.Tools tools;

  Wiring(Rooms rooms) {
    this.rooms = rooms;
    this.desk = rooms.desk();
    this.kinds = desk.kinds();
    this.store = desk.store();
    this.machineLook = new MachineLook(store, rooms.catalog());
    this.terms = new TermsReader(rooms.placement(), desk::now);
    this.wishes = new Wishes(store, terms);
    Sealer sealer = new Sealer(rooms.people().secrets());
    Views views = new Views(kinds, looks(), sealer);
    this.tools =
        new StoredHandler.Tools(
            desk,
            new Books(desk, rooms.lives().key(), views, rooms.people().secrets()),
            views,
            new Forms(checks()),
            sealer,
            rooms.jobs());
  }

  /** Whether a path leads to what the caller sees. */
  private boolean visible(Caller caller, String path) {
    return store
        .read(caller.tenant(), path)
        .filter(row -> tools.views().seen(caller, row))
        .isPresent();
  }

  private Checks checks() {
    return new Checks(
        store,
        (caller, kind, path) ->
            switch (kind) {
              case "Network" ->
                  new Nets(store, rooms.catalog(), caller.tenant()).at(path).isPresent();
              case MetadataHandler.KIND ->
                  kinds.all().stream().map(MetadataHandler::path).anyMatch(path::equals);
              default -> false;
            });
  }

  Books books() {
    return tools.books();
  }

  Handler stored() {
    return new StoredHandler(tools);
  }

  private Map<String, Look> looks() {
    Map<String, Look> looks = new HashMap<>();
    looks.put(MachineHandler.KIND, machineLook);
    looks.put("MachineTemplate", new MachineTemplateLook(store));
    looks.put(Images.KIND, new MachineImageHandler.ImageLook(rooms.catalog()));
    looks.put(VolumeHandler.KIND, new VolumeLook(store, rooms.catalog()));
    looks.put(NetworkHandler.KIND, new NetworkLook(store));
    looks.put(VolumeImageHandler.KIND, new MachineImageHandler.ImageLook(rooms.catalog()));
    looks.put("Job", new JobHandler.JobLook(this::visible));
    looks.put(Decisions.KIND, new DecisionParts.DecisionLook(desk));
    looks.put(TenantHandler.KIND, new TenantHandler.TenantLook(desk));
    looks.put(Users.USER, new UserHandler.UserLook(store));
    looks.put(Accounts.KIND, accountLook());
    looks.put(JoinTokens.KIND, new JoinTokenHandler.JoinTokenLook());
    looks.put(ApiTokens.KIND, new ApiTokenHandler.TokenLook());
    return looks;
  }

  private AccountLook accountLook() {
    return new AccountLook(store, rooms.catalog());
  }

  Map<String, Handler> handlers() {
    Places places = new Places(kinds);
    Checks checks = checks();
    Blueprints blueprints = new Blueprints(checks, tools.sealer());
    Captures captures = new Captures(tools, places);
    Placing placing = new Placing(desk, new Dispatch(store, rooms.catalog(), rooms.placement()));
    AttachRules attachRules = new AttachRules(kinds, rooms.catalog());
    Attachments attachments = new Attachments(tools, checks, attachRules);
    VolumeOrders volumeOrders = new VolumeOrders(store, kinds, blueprints, checks, wishes);
    Cards cards = new Cards(kinds, blueprints, store, rooms.catalog());
    Mounts mounts = new Mounts(checks, volumeOrders, attachRules, places.collection("volumes"));
    Map<String, Handler> handlers = new HashMap<>();
    Handler entryPoint = new EntryPointHandler(desk);
    handlers.put("CloudEntryPoint", entryPoint);
    handlers.put("EntryPoint", entryPoint);
    handlers.put(
        MachineHandler.KIND,
        new MachineHandler(
            tools,
            orders(checks, blueprints, mounts, cards),
            placing,
            machineLook,
            captures,
            new Restores(tools, checks),
            attachments,
            mounts));
    handlers.put("MachineTemplate", new MachineTemplateHandler(tools, wishes, cards));
    handlers.put(VolumeHandler.KIND, new VolumeHandler(tools, volumeOrders, placing, captures));
    handlers.put("VolumeTemplate", new VolumeTemplateHandler(tools, wishes));
    handlers.put(VolumeImageHandler.KIND, new VolumeImageHandler(tools, captures));
    handlers.put("VolumeVolumeImage", TakenImages.ofVolumes(tools));
    handlers.put("MachineSnapshot", TakenImages.ofMachines(tools));
    handlers.put("MachineVolume", attachments);
    handlers.put("locatedVolume", attachments);
    handlers.put(Images.KIND, new MachineImageHandler(tools, captures));
    handlers.put("Job", new JobHandler(tools));
    CredentialHandler credentials = new CredentialHandler(tools, blueprints);
    handlers.put("Credential", credentials);
    handlers.putAll(new Parts(kinds, store, rooms.catalog()).handlers());
    Networks networks = new Networks(kinds, store, rooms.catalog());
    NetworkOrders networkOrders = new NetworkOrders(kinds, blueprints, wishes);
    handlers.putAll(networks.handlers());
    handlers.put(
        NetworkHandler.KIND, new NetworkHandler(tools, networkOrders, placing, networks.shown()));
    handlers.put("NetworkTemplate", new NetworkTemplateHandler(tools, wishes));
    handlers.put(MetadataHandler.KIND, new MetadataHandler(rooms, terms));
    handlers.putAll(ofTheBroker());
    return handlers;
  }

  /** The kinds of the broker's own face. */
  private Map<String, Handler> ofTheBroker() {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(
        new Provisions(kinds, rooms.catalog(), rooms.providers().connectors().factories())
            .handlers());
    handlers.putAll(new DecisionParts(desk, rooms.placement()).handlers());
    Rooms.Providers providers = rooms.providers();
    handlers.put(
        Accounts.KIND,
        new AccountHandler(
            tools,
            providers.accounts(),
            accountLook(),
            new AccountTrial(providers.connectors()),
            providers.discovery()));
    handlers.put(
        ForeignHandler.KIND,
        new ForeignHandler(tools, providers.accounts(), providers.connectors()::open));
    handlers.put(FactChangeHandler.KIND, new FactChangeHandler(store));
    handlers.put("Node", new NodeHandler(providers.nodes()));
    handlers.put(JoinTokens.KIND, new JoinTokenHandler(tools, new JoinTokens(store, desk.clock())));
    handlers.put("Event", new EventHandler(store));
    handlers.put(
        FindingHandler.KIND,
        new FindingHandler(
            tools, new Doctor(store, providers.accounts(), providers.connectors(), desk.clock())));
    handlers.put(TenantHandler.KIND, new TenantHandler(tools, wishes));
    handlers.put(Users.USER, new UserHandler(tools, rooms.people().users()));
    handlers.put(ApiTokens.KIND, new ApiTokenHandler(tools, rooms.people().tokens()));
    return handlers;
  }

  private Orders orders(Checks checks, Blueprints blueprints, Mounts mounts, Cards cards) {
    return new Orders(
        kinds,
        blueprints,
        new Logins(kinds, blueprints, tools.sealer()),
        new Images(store, checks),
        wishes,
        mounts,
        cards);
  }
}
