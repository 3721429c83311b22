package io.meltemi.broker.door;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.Broker;
import io.meltemi.broker.Caller;
import io.meltemi.broker.Intent;
import io.meltemi.broker.Query;
import io.meltemi.broker.Reply;
import io.meltemi.broker.account.Accounts;
import io.meltemi.broker.account.ConnectorPool;
import io.meltemi.broker.catalog.Catalog;
import io.meltemi.broker.catalog.Discovery;
import io.meltemi.broker.catalog.Network;
import io.meltemi.broker.catalog.OfferCatalog;
import io.meltemi.broker.identity.ApiTokens;
import io.meltemi.broker.identity.KeyRing;
import io.meltemi.broker.identity.Passwords;
import io.meltemi.broker.identity.SealedSecrets;
import io.meltemi.broker.identity.Users;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.broker.place.Residents;
import io.meltemi.broker.store.Row;
import io.meltemi.broker.store.Store;
import io.meltemi.broker.store.Stores;
import io.meltemi.connector.outgoing.Gateway;
import io.meltemi.model.Problem;
import io.meltemi.model.ProblemException;
import io.meltemi.model.Resource;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.Kinds;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.Capability;
import io.meltemi.pivot.Confidence;
import io.meltemi.pivot.Location;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Price;
import io.meltemi.placement.Placement;
import io.meltemi.placement.RuleSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.Assertions;

/** A broker's door on a real store, with two offers, one image and one size. */
final class World implements AutoCloseable {
  static final Query ALL = Query.all(Face.CIMI_2);

  static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  static final Caller ANNA = caller("users/anna", "t1", Caller.Role.MEMBER, false);
  static final Caller BERT = caller("users/bert", "t2", Caller.Role.MEMBER, false);
  static final Caller READER = caller("users/rita", "t1", Caller.Role.READER, false);
  static final Caller ADMIN = caller("users/admin", "t1", Caller.Role.ADMIN, true);

  private static final ObjectMapper MAPPER = new ObjectMapper();

  final Store store;
  final PaperJobs jobs = new PaperJobs();
  final List<Network> networks = new ArrayList<>();
  final List<Offer> offers = new ArrayList<>();
  final Broker broker;
  final String image;
  final String small;

  World(Path keys) {
    this(keys, List.of());
  }

  /**
   * @param ruleSets beyond the standard one
   */
  World(Path keys, List<RuleSet> ruleSets) {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Kinds kinds = BrokerKinds.all();
    store = Stores.memory(kinds, clock);
    Desk desk = new Desk(kinds, store, clock, () -> UUID.randomUUID().toString());
    SealedSecrets secrets = secrets(keys);
    Accounts accounts = new Accounts(store, secrets);
    ConnectorPool connectors =
        new ConnectorPool(
            accounts, List.of(), Gateway.allowing(List.of()), clock, Optional.empty());
    broker =
        new BrokerDoor(
            new Rooms(
                desk,
                jobs,
                new Shelf(),
                Placement.installed(ruleSets),
                new Rooms.Providers(
                    accounts,
                    connectors,
                    new Discovery(
                        store,
                        accounts,
                        connectors,
                        new OfferCatalog(
                            new Residents(store, account -> {}), accounts::takesOrders),
                        clock),
                    Optional.empty()),
                new Rooms.People(
                    secrets,
                    new Users(store, new Passwords(Duration.ofSeconds(5)), clock),
                    new ApiTokens(clock)),
                new Rooms.Lives(Duration.ofHours(24), Duration.ofDays(7))));
    image = house("machineImages", "{'name': 'tiny', 'type': 'IMAGE', 'imageLocation': 'x:1'}");
    small = house("machineConfigs", "{'name': 'small', 'cpu': 1, 'memory': 524288}");
    offers.add(offer("north", "DE", "0.02", EnumSet.allOf(Capability.class)));
    offers.add(offer("south", "FR", "0.01", EnumSet.of(Capability.START, Capability.STOP)));
  }

  private static SealedSecrets secrets(Path keys) {
    try {
      return new SealedSecrets(KeyRing.at(keys.resolve("master")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The offers of this world, the same for every tenant. */
  private final class Shelf implements Catalog {
    @Override
    public Snapshot offers(String tenant) {
      return new Snapshot(7, offers);
    }

    @Override
    public Optional<Offer> offer(String id) {
      return offers.stream().filter(offer -> offer.id().equals(id)).findFirst();
    }

    @Override
    public void catchUp() {}

    @Override
    public Optional<Set<Capability>> everywhere(String account) {
      return Optional.empty();
    }

    @Override
    public Optional<Set<Capability>> at(String account, String location) {
      return offers.stream()
          .filter(offer -> offer.account().equals(account))
          .filter(offer -> offer.location().id().equals(location))
          .map(Offer::abilities)
          .findFirst();
    }

    @Override
    public List<Network> networks(String tenant) {
      return networks;
    }

    @Override
    public Optional<Learnt> learnt(String account) {
      return Optional.of(new Learnt("a drawing", NOW, Confidence.CONFIRMED));
    }
  }

  Offer offer(String account, String country, String price, Set<Capability> abilities) {
    return new Offer(
        account + "/zone/m1",
        account,
        "scripted",
        Location.named("zone").inCountry(country),
        Optional.of("m1"),
        new Amount(1, 2, 2_097_152, 20_000_000),
        Optional.of("x86_64"),
        Amount.UNLIMITED,
        Amount.UNLIMITED,
        Map.of(image, new Offer.Image("img-1", 0, 0)),
        abilities,
        Optional.of(new Price(new BigDecimal(price), "EUR")),
        NOW.minusSeconds(3));
  }

  static Caller caller(String user, String tenant, Caller.Role role, boolean operator) {
    return new Caller(user, tenant, role, Set.of(tenant), operator);
  }

  static Intent plain() {
    return intent(Optional.empty(), "d");
  }

  static Intent intent(Optional<String> key, String digest) {
    return new Intent(Face.CIMI_2, key, digest, OptionalLong.empty(), false, "r1");
  }

  static Intent through(Face face) {
    return new Intent(face, Optional.empty(), "d", OptionalLong.empty(), false, "r1");
  }

  static Intent expecting(long generation) {
    return new Intent(Face.CIMI_2, Optional.empty(), "d", OptionalLong.of(generation), false, "r1");
  }

  static Intent dry() {
    return new Intent(Face.CIMI_2, Optional.empty(), "d", OptionalLong.empty(), true, "r1");
  }

  /** JSON with single quotes. */
  static ObjectNode json(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** A row of the house, as the first start makes them. */
  private String house(String collection, String body) {
    Resource made = create(ADMIN, collection, body);
    store.write(
        Store.EVERYBODY,
        transaction -> {
          Row row = transaction.find(made.id()).orElseThrow();
          transaction.delete(row);
          return transaction.insert(
              new Row(
                  row.id(),
                  Row.HOUSE,
                  row.kind(),
                  row.parent(),
                  row.name(),
                  row.state(),
                  row.created(),
                  row.updated(),
                  1,
                  row.document()));
        });
    return made.id();
  }

  Resource create(Caller caller, String collection, String body) {
    return broker.create(caller, collection, json(body), plain()).resource().orElseThrow();
  }

  /** The order of a small machine; more members of the template may be given. */
  String order(String name, String more) {
    return "{'name': '"
        + name
        + "', 'machineTemplate': {'machineConfig': {'href': '"
        + small
        + "'}, 'machineImage': {'href': '"
        + image
        + "'}"
        + (more.isEmpty() ? "" : ", " + more)
        + "}}";
  }

  Reply machine(Caller caller, String name) {
    return broker.create(caller, "machines", json(order(name, "")), plain());
  }

  /** Puts a machine where the engine would have brought it. */
  void place(String machine, String state, Offer offer) {
    store.write(
        Store.EVERYBODY,
        transaction -> {
          Row row = transaction.find(machine).orElseThrow();
          ObjectNode inner = row.inner().deepCopy();
          inner
              .putObject("placed")
              .put("account", offer.account())
              .put("offer", offer.id())
              .put("location", offer.location().id());
          return transaction.update(row.withInner(inner).withState(state));
        });
  }

  /** What refuses a request. */
  static Problem refusal(Runnable request) {
    Throwable thrown = Assertions.catchThrowable(request::run);
    Assertions.assertThat(thrown).isInstanceOf(ProblemException.class);
    return ((ProblemException) thrown).problem();
  }

  @Override
  public void close() {
    store.close();
  }
}
