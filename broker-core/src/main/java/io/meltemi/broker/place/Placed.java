package io.meltemi.broker.place;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.meltemi.broker.store.Row;
import io.meltemi.connector.Handle;
import io.meltemi.connector.Spot;
import io.meltemi.connector.Token;
import io.meltemi.connector.VolumeSpot;
import io.meltemi.pivot.AddressOrder;
import io.meltemi.pivot.Amount;
import io.meltemi.pivot.MachineOrder;
import io.meltemi.pivot.Mapping;
import io.meltemi.pivot.NetworkAmount;
import io.meltemi.pivot.NetworkOrder;
import io.meltemi.pivot.Nic;
import io.meltemi.pivot.Offer;
import io.meltemi.pivot.Order;
import io.meltemi.pivot.SystemOrder;
import io.meltemi.pivot.VolumeOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a machine, volume or network is or is being made; kept under {@code _.placed} of its row.
 *
 * @param attempt number of the attempt, from 0; its token is a sub-token of the first
 * @param offer id of the offer that was taken
 * @param amount what it takes there
 * @param networking what it takes there of networks and of what goes with them
 * @param wanted what was ordered
 * @param ownDisk part of the amount, in kB, that is the size's own disk and was not ordered
 * @param carried how the rest of the order is carried
 * @param asked when the provider was about to be asked; from then on the token may exist there
 * @param handle the provider's object, once it is known
 * @param missing what the handle was, when the provider no longer shows that object
 * @param lent the floating address of a machine, from when it is asked for under the same token
 */
public record Placed(
    int attempt,
    Token token,
    String account,
    String offer,
    Spot spot,
    Amount amount,
    NetworkAmount networking,
    Amount wanted,
    long ownDisk,
    List<Mapping> carried,
    Optional<Instant> asked,
    Optional<Handle> handle,
    Optional<Handle> missing,
    Optional<Lent> lent) {

  public Placed {
    carried = List.copyOf(carried);
  }

  /**
   * A new attempt: nobody was asked yet.
   *
   * @throws IllegalStateException when the offer lacks a network that the order names
   */
  public static Placed at(Offer offer, Order order, Token base, int attempt) {
    return new Placed(
        attempt,
        base.attempt(attempt),
        offer.account(),
        offer.id(),
        new Spot(
            offer.location().id(), size(offer, order), image(offer, order), networks(offer, order)),
        offer.taken(order),
        offer.networkTaken(order),
        order.amount(),
        offer.ownDiskKilobytes(),
        Mapping.words(order, offer),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Where a machine stands that nobody ordered here: at no offer, and under a token that is written
   * nowhere.
   */
  public static Placed adopted(String account, Handle machine, Amount shape) {
    return new Placed(
        0,
        new Token("adopted-" + Adoption.name(account, machine)),
        account,
        "",
        new Spot("", Optional.empty(), ""),
        shape,
        NetworkAmount.NONE,
        Amount.NONE,
        0,
        List.of(),
        Optional.empty(),
        Optional.of(machine),
        Optional.empty(),
        Optional.empty());
  }

  /** Where it is not known of which type a snapshot is, the provider finds that by itself. */
  private static Optional<String> size(Offer offer, Order order) {
    boolean hidden =
        order instanceof VolumeOrder volume
            && volume.source().filter(source -> source.type().isEmpty()).isPresent();
    return hidden ? Optional.empty() : offer.size();
  }

  /** The provider's id of what it is made of; empty where it is made of nothing. */
  private static String image(Offer offer, Order order) {
    return switch (order) {
      case MachineOrder machine ->
          Optional.ofNullable(offer.images().get(machine.image())).map(Offer.Image::id).orElse("");
      case VolumeOrder volume -> volume.source().map(VolumeOrder.Source::snapshot).orElse("");
      case NetworkOrder network -> "";
      case AddressOrder address -> "";
      case SystemOrder system -> "";
    };
  }

  private static List<String> networks(Offer offer, Order order) {
    return order instanceof MachineOrder machine
        ? machine.nics().stream().map(nic -> network(offer, nic)).toList()
        : List.of();
  }

  private static String network(Offer offer, Nic nic) {
    return Optional.ofNullable(offer.networks().get(nic.network()))
        .orElseThrow(() -> new IllegalStateException(offer.id() + " lacks " + nic.network()));
  }

  /** True when the machine is, or will be, lent a floating address. */
  public boolean floating() {
    return lent.isPresent()
        || carried.stream()
            .anyMatch(each ->
                each.attribute().equals("floatingAddress")
                    && each.fidelity() == Mapping.Fidelity.EXACT);
  }

  /** The token of the order, of which the attempts' tokens are made. */
  public String base() {
    String value = token.value();
    String tail = "-" + attempt;
    return attempt > 0 && value.endsWith(tail)
        ? value.substring(0, value.length() - tail.length())
        : value;
  }

  /** The place of a volume in the provider's words. */
  public VolumeSpot volumeSpot() {
    Optional<Handle> snapshot =
        spot.image().isEmpty() ? Optional.empty() : Optional.of(new Handle(spot.image()));
    return new VolumeSpot(spot.location(), spot.size(), snapshot);
  }

  /** Where what this row tells of is; empty when it is nowhere. */
  public static Optional<Placed> of(Row machine) {
    return machine.inner().path("placed") instanceof ObjectNode json
        ? Optional.of(read(json, machine.kind()))
        : Optional.empty();
  }

  public Placed askedAt(Instant at) {
    return with(Optional.of(at), handle, lent);
  }

  /** The provider's object, also when it is missing; empty as long as none was ever known. */
  public Optional<Handle> own() {
    return handle.or(() -> missing);
  }

  /**
   * False for what bears the token and is another object than the one that is known: people copy
   * the marks of what they back up or clone.
   */
  public boolean mayOwn(Handle seen) {
    return own().map(seen::equals).orElse(true);
  }

  /** It is certain that the provider did nothing. */
  public Placed notAsked() {
    return with(Optional.empty(), handle, lent);
  }

  public Placed known(Handle found) {
    return with(asked, Optional.of(found), lent);
  }

  /** The provider does not know it any more. */
  public Placed lost() {
    return with(asked, Optional.empty(), lent);
  }

  /** With a floating address, or without. */
  public Placed lending(Optional<Lent> address) {
    return with(asked, handle, address);
  }

  private Placed with(Optional<Instant> at, Optional<Handle> known, Optional<Lent> address) {
    return new Placed(
        attempt,
        token,
        account,
        offer,
        spot,
        amount,
        networking,
        wanted,
        ownDisk,
        carried,
        at,
        known,
        known.isPresent() ? Optional.empty() : own(),
        address);
  }

  /** What others gave it instead of its size is told in amounts, for its name is not known. */
  public Placed taking(Amount shape) {
    boolean resized =
        shape.cpu() != amount.cpu() || shape.memoryKibibytes() != amount.memoryKibibytes();
    List<Mapping> still =
        resized ? carried.stream().filter(each -> !each.namesSize()).toList() : carried;
    return new Placed(
        attempt,
        token,
        account,
        offer,
        spot,
        shape,
        networking,
        wanted,
        ownDisk,
        still,
        asked,
        handle,
        missing,
        lent);
  }

  /**
   * How every attribute of the order is carried.
   *
   * @param inner what stands under {@code _} of a row that has a place
   */
  public static ArrayNode mapping(JsonNode inner) {
    JsonNode placed = inner.path("placed");
    Amount wanted = Amounts.amount(placed.path("wanted"));
    Amount given = Amounts.amount(placed.path("amount"));
    List<Mapping> all =
        new ArrayList<>(Mapping.sizes(wanted, given, placed.path("ownDisk").asLong()));
    String name = inner.path("providerName").asText();
    MappingText.read(placed.path("carried")).stream()
        .map(each -> name.isEmpty() ? each : each.called(name))
        .forEach(all::add);
    return MappingText.json(all);
  }

  /** The row with this under {@code _}. */
  public Row into(Row machine) {
    ObjectNode inner = machine.inner().deepCopy();
    ObjectNode json = inner.putObject("placed");
    json.put("attempt", attempt)
        .put("token", token.value())
        .put("account", account)
        .put("offer", offer)
        .put("location", spot.location())
        .put("image", spot.image());
    spot.size().ifPresent(size -> json.put("size", size));
    if (!spot.networks().isEmpty()) spot.networks().forEach(json.putArray("networks")::add);
    json.set("amount", Amounts.json(amount));
    json.set("networking", Amounts.json(networking));
    json.set("wanted", Amounts.json(wanted));
    if (ownDisk > 0) json.put("ownDisk", ownDisk);
    json.set("carried", MappingText.json(carried));
    asked.ifPresent(at -> json.put("asked", at.toString()));
    handle.ifPresent(known -> json.put("handle", known.value()));
    missing.ifPresent(gone -> json.put("missing", gone.value()));
    lent.ifPresent(address -> address.into(json.putObject("lent")));
    return machine.withInner(inner);
  }

  /** The row without any place. */
  public static Row nowhere(Row machine) {
    ObjectNode inner = machine.inner().deepCopy();
    inner.remove("placed");
    return machine.withInner(inner);
  }

  private static Placed read(ObjectNode json, String kind) {
    return new Placed(
        json.path("attempt").asInt(),
        new Token(json.path("token").asText()),
        json.path("account").asText(),
        json.path("offer").asText(),
        new Spot(
            json.path("location").asText(),
            text(json.path("size")),
            json.path("image").asText(),
            json.path("networks").valueStream().map(JsonNode::asText).toList()),
        Amounts.amount(json.path("amount")),
        json.has("networking")
            ? Amounts.networkAmount(json.path("networking"), 0)
            : most(kind, json.path("networks").size()),
        Amounts.amount(json.path("wanted")),
        json.path("ownDisk").asLong(),
        MappingText.read(json.path("carried")),
        text(json.path("asked")).map(Instant::parse),
        text(json.path("handle")).map(Handle::new),
        text(json.path("missing")).map(Handle::new),
        json.has("lent") ? Optional.of(Lent.read(json.path("lent"))) : Optional.empty());
  }

  /** What it takes at most, of a row from before this was kept. */
  private static NetworkAmount most(String kind, int named) {
    return switch (kind) {
      case MachineBook.KIND -> new NetworkAmount(0, 0, Math.max(1, named), 0);
      case NetworkBook.KIND -> new NetworkAmount(1, 1, 0, 0);
      default -> NetworkAmount.NONE;
    };
  }

  private static Optional<String> text(JsonNode node) {
    return Optional.ofNullable(node.textValue());
  }
}
