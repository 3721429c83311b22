package io.meltemi.webapp.checklist;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.meltemi.broker.kinds.BrokerKinds;
import io.meltemi.model.schema.Face;
import io.meltemi.model.schema.ResourceKind;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Who may do what stands here for every route; a new one without a word turns the build red. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Checklist04FunctionRightsTest {
  private enum May {
    /** Those who run the house. */
    OPERATOR,
    /** Whoever writes in the tenant. */
    MEMBER
  }

  /** Who may add, change, delete and act; what is not here can only be read. */
  private static final Map<String, May> WRITES =
      Map.ofEntries(
          Map.entry("Machine", May.MEMBER),
          Map.entry("MachineConfiguration", May.MEMBER),
          Map.entry("MachineImage", May.MEMBER),
          Map.entry("MachineTemplate", May.MEMBER),
          Map.entry("MachineVolume", May.MEMBER),
          Map.entry("Volume", May.MEMBER),
          Map.entry("VolumeConfiguration", May.MEMBER),
          Map.entry("VolumeImage", May.MEMBER),
          Map.entry("VolumeTemplate", May.MEMBER),
          Map.entry("locatedVolume", May.MEMBER),
          Map.entry("Network", May.MEMBER),
          Map.entry("NetworkConfiguration", May.MEMBER),
          Map.entry("NetworkTemplate", May.MEMBER),
          Map.entry("NetworkInterfaceTemplate", May.MEMBER),
          Map.entry("Credential", May.MEMBER),
          Map.entry("CredentialTemplate", May.MEMBER),
          Map.entry("Job", May.MEMBER),
          Map.entry("Decision", May.MEMBER),
          Map.entry("ApiToken", May.MEMBER),
          Map.entry("ForeignMachine", May.MEMBER),
          Map.entry("Account", May.OPERATOR),
          Map.entry("JoinToken", May.OPERATOR),
          Map.entry("Finding", May.OPERATOR),
          Map.entry("Tenant", May.OPERATOR),
          Map.entry("User", May.OPERATOR));

  /** What a reader does not even see: what is the house's, or other people's. */
  private static final Set<String> HIDDEN =
      Set.of("ApiToken", "JoinToken", "Finding", "User", "ForeignMachine");

  /** Everything that JAX-RS serves, and whom it lets in. */
  private static final Map<String, String> DOORS =
      Map.of(
          "/cimi/1", "whoever logs in",
          "/cimi/2", "whoever logs in",
          "/broker/1", "whoever logs in",
          "/openapi", "whoever logs in",
          "/metrics", "operators",
          "/health", "everybody",
          "/node/1", "nodes, by the signature of each request");

  private final Town town = new Town().furnished();

  @AfterAll
  void close() {
    town.close();
  }

  @Test
  void everyKindThatCanBeChangedSaysByWhom() {
    Set<String> changed = new TreeSet<>();
    for (ResourceKind kind : BrokerKinds.all().all()) {
      if (kind.served() && !kind.operations().isEmpty()) changed.add(kind.name());
    }
    assertThat(changed).containsExactlyInAnyOrderElementsOf(WRITES.keySet());
  }

  @Test
  void everyDoorSaysForWhomItIs() {
    JavaClasses ours =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.meltemi.api", "io.meltemi.webapp");
    Set<String> doors = new TreeSet<>();
    ours.stream()
        .filter(type -> type.isAnnotatedWith(Path.class))
        .forEach(type -> doors.add(type.getAnnotationOfType(Path.class).value()));
    for (Face face : Face.values()) {
      doors.add(face.path().substring(0, face.path().length() - 1));
    }
    assertThat(doors).isEqualTo(new TreeSet<>(DOORS.keySet()));
    assertThat(ours.stream().filter(type -> type.isAssignableTo(ContainerRequestFilter.class)))
        .as("what answers before any door does, which is the faces' alone")
        .extracting(JavaClass::getSimpleName)
        .containsExactly("FaceFilter");
  }

  @Test
  void nobodyComesInWithoutCredentials() {
    Client nobody = new Client(town.broker.url(), "");
    for (Route route : town.routes()) {
      HttpResponse<String> answer = nobody.send(route.verb(), route.at("x"), "");
      assertThat(answer.statusCode()).as(route + " " + answer.body()).isEqualTo(401);
      assertThat(answer.headers().firstValue("WWW-Authenticate")).as("%s", route).isPresent();
    }
    for (String where : List.of("openapi", "nowhere")) {
      assertThat(nobody.get(where).statusCode()).as(where).isIn(401, 404);
    }
    for (String health : List.of("health/live", "health/ready")) {
      assertThat(nobody.get(health).statusCode()).isIn(200, 503);
    }
  }

  @Test
  void aReaderChangesNothingAnywhere() {
    for (Route route : town.routes()) {
      if (route.verb().equals("GET")) continue;
      HttpResponse<String> answer = town.reader.send(route.verb(), route.at("x"), "{}");
      assertThat(answer.statusCode()).as(route + " " + answer.body()).isBetween(400, 499);
    }
  }

  /** The requests are good ones: nothing but the right is wanting. */
  @Test
  void aReaderIsRefusedByRightWhereThereIsSomething() {
    Posts posts = new Posts(town, town.owner);
    String attached = town.volume(town.owner, "attached");
    town.attach(town.owner, town.url("Machine"), attached);
    String below = attached.substring(attached.lastIndexOf('/') + 1);
    Map<String, String> there = new TreeMap<>();
    town.owned.values().forEach(url -> there.put(part(url, 2), part(url, 1)));
    there.putAll(Map.of("accounts", "town", "tenants", "default", "users", "owner"));
    there.put("joinTokens", part(town.admin.made("broker/1/joinTokens", "{}"), 1));
    Map<Route, Request> requests = new TreeMap<>();
    for (Route route : town.routes()) {
      if (route.verb().equals("GET")) continue;
      String where = route.at(there.getOrDefault(route.collection(), "none"), below);
      String body =
          where.endsWith("/volumes/remove")
              ? "{\"volume\": {\"href\": \"" + attached + "\"}}"
              : body(route, where, posts);
      requests.put(route, new Request(where, body));
    }
    String before = everything();
    Set<String> refused = new TreeSet<>();
    requests.forEach((route, request) -> {
      HttpResponse<String> answer = town.reader.send(route.verb(), request.where(), request.body());
      boolean hidden = route.namesSomething() && HIDDEN.contains(route.kind().name());
      assertThat(answer.statusCode()).as(route + answer.body()).isEqualTo(hidden ? 404 : 403);
      if (!hidden) refused.add(route.kind().name());
    });
    refused.addAll(HIDDEN);
    assertThat(refused).containsExactlyInAnyOrderElementsOf(WRITES.keySet());
    assertThat(everything()).isEqualTo(before);
    town.owned.forEach((kind, url) -> {
      if (WRITES.containsKey(kind) && !HIDDEN.contains(kind)) {
        assertThat(town.reader.json(url).has("operations")).as(kind).isFalse();
      }
    });
    requests.forEach((route, request) -> {
      if (!route.verb().equals("PUT") || WRITES.get(route.kind().name()) == May.OPERATOR) return;
      HttpResponse<String> answer = town.owner.send("PUT", request.where(), request.body());
      assertThat(answer.statusCode()).as(route + answer.body()).isEqualTo(200);
    });
  }

  private record Request(String where, String body) {}

  private String body(Route route, String where, Posts posts) {
    return switch (route.verb()) {
      case "PUT" ->
          Client.json(town.admin.get(where)).has("id") ? town.admin.get(where).body() : "{}";
      case "POST" -> posts.body(route, "reader");
      default -> "";
    };
  }

  /** A segment of a URL, counted from its end. */
  private static String part(String url, int fromEnd) {
    String[] segments = url.split("/");
    return segments[segments.length - fromEnd];
  }

  /** All that the first tenant has, and all that happened to it. */
  /** All but when an account was last asked, which goes on by itself. */
  private String everything() {
    StringBuilder all = new StringBuilder();
    for (Route route : town.routes()) {
      if (!route.verb().equals("GET") || route.namesSomething()) continue;
      if (route.path().startsWith("cimi/2") || route.collection().equals("events")) {
        all.append(town.owner.get(route.path()).body()).append('\n');
      }
    }
    return all.toString().replaceAll("\"observed\":\"[^\"]*\"", "");
  }

  @Test
  void onlyOperatorsChangeWhatIsTheHouses() {
    Map<String, String> orders =
        Map.of(
            "broker/1/accounts", "{\"name\": \"x\", \"connector\": \"scripted\"}",
            "broker/1/joinTokens", "{\"name\": \"x\"}",
            "broker/1/tenants", "{\"name\": \"x\"}",
            "broker/1/users", "{\"name\": \"x\", \"password\": \"a word for x\"}");
    orders.forEach((collection, body) -> {
      for (Client other : List.of(town.reader, town.member, town.owner)) {
        HttpResponse<String> answer = other.send("POST", collection, body);
        assertThat(answer.statusCode()).as(collection + answer.body()).isEqualTo(403);
      }
    });
    String house = "cimi/2/machineConfigs/tiny";
    assertThat(town.owner.get(house).statusCode()).isEqualTo(200);
    assertThat(town.owner.send("DELETE", house, "").statusCode()).isEqualTo(403);
    assertThat(town.owner.get("broker/1/joinTokens").body()).contains("\"count\":0");
    assertThat(town.owner.get("broker/1/findings").body()).contains("\"count\":0");
  }

  /** A narrow token does what it says, and no operator's work although its user could. */
  @Test
  void aTokenMayDoNoMoreThanItSays() {
    Client narrow = town.bearer(Town.token(town.admin, "{'role': 'READER'}"));
    assertThat(narrow.get("cimi/2/machines").statusCode()).isEqualTo(200);
    assertThat(narrow.send("POST", "broker/1/tenants", "{\"name\": \"y\"}").statusCode())
        .isEqualTo(403);
    assertThat(narrow.send("POST", "broker/1/apiTokens", "{}").statusCode()).isEqualTo(403);
  }

  @Test
  void theDescriptionRefersToNothingThatIsMissing() {
    var description = town.admin.json("openapi");
    for (var reference : description.findValues("$ref")) {
      String pointer = reference.asText().substring(1);
      assertThat(description.at(pointer).isMissingNode()).as(pointer).isFalse();
    }
  }
}
