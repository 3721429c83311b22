package io.meltemi.webapp.deployed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.meltemi.connector.kit.OwnCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Accounts at an OpenStack that cannot be used as they are: which setting is wrong, and stored is
 * nothing.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@SuppressWarnings("NullAway.Init")
class RegistrationIT {
  private static final String WORD = "opensesame";
  private static final String REFUSAL =
      """
      {"error": {"code": 401, "title": "Unauthorized",
        "message": "The request you have made requires authentication."}}
      """;

  private static final String TWO_REGIONS =
      """
      {"token": {"methods": ["password"], "audit_ids": ["a"],
        "issued_at": "2026-01-01T00:00:00.000000Z", "expires_at": "2036-01-01T00:00:00.000000Z",
        "user": {"id": "u", "name": "me", "domain": {"id": "default", "name": "Default"}},
        "catalog": [{"id": "c", "type": "compute", "name": "nova", "endpoints": [
          {"id": "1", "interface": "public", "region": "south", "region_id": "south",
            "url": "http://127.0.0.1:1/v2.1"},
          {"id": "2", "interface": "public", "region": "north", "region_id": "north",
            "url": "http://127.0.0.1:1/v2.1"}]}]}}
      """;

  private final OwnCertificate certificate = new OwnCertificate();
  private final Stranger plain = Stranger.plain();
  private final Stranger secure = Stranger.showing(certificate);
  private String nobody;
  private Deployed broker;
  private Operator operator;

  @BeforeAll
  void start() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + closed.getLocalPort();
    }
    List<String> opened = List.of(plain.authority(), secure.authority(), nobody);
    broker = Deployed.start("registration", opened);
    operator = new Operator(broker.url());
  }

  @AfterEach
  void nothingIsStored() {
    assertThat(operator.get("/broker/1/accounts").expect(200).body().path("count").asInt())
        .isZero();
  }

  @AfterAll
  void stop() {
    broker.close();
    plain.close();
    secure.close();
  }

  private JsonNode refused(int status, String endpoint, Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.putAll(
        Map.of("endpoint", endpoint, "user", "me", "password", WORD, "project", "mine"));
    JsonNode job =
        operator
            .post(
                "/broker/1/accounts",
                Map.of("name", "cloud", "connector", "openstack", "settings", settings))
            .expect(status)
            .body();
    assertThat(job.toString()).doesNotContain(WORD);
    assertThat(job.path("remedy").asText()).isNotBlank();
    return job;
  }

  private static void assertTold(JsonNode job, String code, String field, String words) {
    assertThat(job.path("code").asText()).isEqualTo(code);
    assertThat(job.path("field").asText()).isEqualTo(field);
    assertThat(job.toString()).contains(words);
  }

  @Test
  void aWrongPasswordIsToldInKeystonesWords() {
    JsonNode job = refused(400, plain.saying(401, REFUSAL).url() + "/v3", Map.of());
    assertTold(job, "account.refused", "settings.password", "requires authentication");
    assertThat(plain.heard()).containsExactly("POST /v3/auth/tokens");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>Welcome to nginx!</html>",
        "200 | {'status': 'ok'}",
        "201 | ''",
        "300 | {'versions': {'values': [{'id': 'v3.14', 'status': 'stable'}]}}",
        "302 | ''",
        "400 | <html>The plain HTTP request was sent to HTTPS port</html>",
        "401 | <html>Authorization Required</html>",
        "404 | <html>Not Found</html>",
        "404 | ''",
        "405 | <html>Method Not Allowed</html>"
      })
  void anEndpointThatIsNoKeystoneIsNamed(int status, String body) {
    plain.saying(status, body.startsWith("{") ? body.replace('\'', '"') : body);
    JsonNode job = refused(400, plain.url() + "/v3", Map.of());
    assertTold(
        job,
        "account.refused",
        "settings.endpoint",
        "no Keystone v3 answers at the endpoint %s/v3 (status %d)".formatted(plain.url(), status));
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "429"})
  void oneThatIsNotWellIsToBeTriedAgain(int status) {
    plain.saying(status, "<html>Sorry</html>");
    JsonNode job = refused(503, plain.url() + "/v3", Map.of());
    assertTold(job, "account.unreachable", "settings.endpoint", "Try again");
  }

  @Test
  void whereThereAreSeveralRegionsOneIsAskedFor() {
    JsonNode job = refused(400, plain.saying(201, TWO_REGIONS).url() + "/v3", Map.of());
    assertTold(job, "account.refused", "settings.region", "region must be given");
    assertThat(job.toString()).contains("north, south");
    job = refused(400, plain.url() + "/v3", Map.of("region", "west"));
    assertTold(
        job, "account.refused", "settings.region", "in the region west, but in north, south");
  }

  @Test
  void anEndpointWhereNobodyAnswersIsNamed() {
    JsonNode job = refused(503, "http://" + nobody + "/v3", Map.of());
    assertTold(job, "account.unreachable", "settings.endpoint", "Check the address and its port");
  }

  @Test
  void anEndpointThatIsNoAddressIsNamed() {
    JsonNode job = refused(400, "cloud.example:5000", Map.of());
    assertTold(job, "account.setting", "settings.endpoint", "http or https URL");
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefusedBeforeAnythingIsSent() {
    JsonNode job = refused(400, secure.saying(401, REFUSAL).url() + "/v3", Map.of());
    assertTold(job, "account.untrusted", "settings.certificates", "is not trusted");
    assertThat(secure.heard()).isEmpty();
  }

  @Test
  void aCertificateThatTheAccountBelievesIsBelieved() {
    secure.saying(401, REFUSAL);
    JsonNode job = refused(400, secure.url() + "/v3", Map.of("certificates", certificate.pem()));
    assertTold(job, "account.refused", "settings.password", "requires authentication");
    assertThat(secure.heard()).containsExactly("POST /v3/auth/tokens");
  }

  @Test
  void theCertificateOfAnotherIsNotBelieved() {
    Map<String, String> other = Map.of("certificates", new OwnCertificate().pem());
    JsonNode job = refused(400, secure.saying(401, REFUSAL).url() + "/v3", other);
    assertTold(job, "account.untrusted", "settings.certificates", "is not trusted");
    assertThat(secure.heard()).isEmpty();
  }

  @Test
  void certificatesThatAreNoneAreNamed() {
    JsonNode job = refused(400, secure.url() + "/v3", Map.of("certificates", "ca.pem"));
    assertTold(job, "account.setting", "settings.certificates", "PEM");
  }
}
