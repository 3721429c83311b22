package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.UntrustedException;
import java.security.cert.CertificateException;
import java.time.Duration;
import org.jclouds.http.HttpCommand;
import org.jclouds.http.HttpRequest;
import org.jclouds.http.HttpResponse;
import org.jclouds.http.HttpResponseException;
import org.jclouds.rest.AuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | <html>a page of somebody in between</html> | UNKNOWN",
        "302 | <html>somebody in between has moved</html> | UNSUPPORTED",
        "400 | {'badRequest': {'code': 400, 'message': 'Can not find requested image'}} |"
            + " BAD_REQUEST",
        "400 | {'badRequest': {'code': 400, 'message': 'Flavor`s disk is too small for requested"
            + " image. Flavor disk is 1073741824 bytes, image is 1073741825 bytes.'}} |"
            + " UNSUPPORTED",
        "400 | {'badRequest': {'code': 400, 'message': 'Flavor`s memory is too small for requested"
            + " image.'}} | UNSUPPORTED",
        "400 | {'badRequest': {'code': 400, 'message': 'Flavor`s disk is smaller than the minimum"
            + " size specified in image metadata.'}} | UNSUPPORTED",
        "401 | {'error': {'code': 401, 'message': 'The request requires authentication.'}} |"
            + " CREDENTIALS",
        "403 | {'forbidden': {'code': 403, 'message': 'Quota exceeded for cores'}} | QUOTA",
        "403 | {'forbidden': {'code': 403, 'message': 'Access denied'}} | CREDENTIALS",
        "403 | {'forbidden': {'code': 403, 'message': 'Policy does not allow it'}} | UNSUPPORTED",
        "403 | {'NeutronError': {'type': 'PolicyNotAuthorized', 'message': 'rule:create_network is"
            + " disallowed by policy'}} | UNSUPPORTED",
        "403 | {'forbidden': {'code': 403, 'message': 'Only volume-backed servers are allowed for"
            + " flavors with zero disk.'}} | UNSUPPORTED",
        "404 | {'itemNotFound': {'code': 404, 'message': 'Instance could not be found.'}} |"
            + " BAD_REQUEST",
        "409 | {'conflictingRequest': {'code': 409, 'message': 'Cannot pause'}} | BAD_REQUEST",
        "413 | {'overLimit': {'code': 413, 'message': 'Quota exceeded for volumes'}} | QUOTA",
        "413 | {'overLimit': {'code': 413, 'message': 'VolumeSizeExceedsLimit: Requested volume"
            + " size 9 is larger than maximum allowed limit 5.'}} | QUOTA",
        "413 | {'overLimit': {'code': 413, 'message': 'This request was rate-limited.'}} |"
            + " TRANSIENT",
        "429 | {'overLimit': {'code': 429, 'message': 'Too many requests'}} | TRANSIENT",
        "500 | {'computeFault': {'code': 500, 'message': 'Unexpected API Error.'}} | UNKNOWN",
        "501 | {'notImplemented': {'code': 501, 'message': 'No console'}} | UNSUPPORTED",
        "503 | <html>Service Unavailable</html> | TRANSIENT",
        "504 | <html>Gateway Timeout</html> | UNKNOWN"
      })
  void anAnswerBecomesAFaultWithItsWords(int status, String body, Fault fault) {
    String json = body.replace('\'', '"').replace('`', '\'');
    ConnectorException translated = Faults.translate(answer(status, json), Fault.UNKNOWN);
    assertThat(translated.fault()).isEqualTo(fault);
    assertThat(translated.reason()).isEqualTo(json.replaceAll(".*\"message\": \"(.*?)\"}}", "$1"));
  }

  /** What is kept from all is a change; who may not look has the wrong role. */
  @Test
  void aQuestionThatAPolicyForbidsIsAMatterOfTheLogIn() {
    String forbidden = "{\"forbidden\": {\"message\": \"Policy doesn't allow it\"}}";
    assertThat(Faults.translate(answer(403, forbidden), Fault.TRANSIENT).fault())
        .isEqualTo(Fault.CREDENTIALS);
  }

  @Test
  void thePauseThatWasAskedForIsKept() {
    assertThat(Faults.translate(answer(429, "{}"), Fault.UNKNOWN).retryAfter())
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void aDateUntilWhichToWaitCountsFromTheAnswersOwn() {
    RuntimeException busy =
        answer(
            HttpResponse.builder()
                .statusCode(503)
                .addHeader("Date", "Sat, 28 Nov 2026 12:00:00 GMT")
                .addHeader("Retry-After", "Sat, 28 Nov 2026 12:02:00 GMT"),
            "{}");
    assertThat(Faults.translate(busy, Fault.UNKNOWN).retryAfter()).contains(Duration.ofMinutes(2));
  }

  @Test
  void whatWasNeverSentIsTransient() {
    RuntimeException refused =
        new RuntimeException(NoAnswerException.notSent("cloud.example:5000", null));
    assertThat(Faults.translate(refused, Fault.UNKNOWN).fault()).isEqualTo(Fault.TRANSIENT);
    assertThat(Faults.translate(refused, Fault.UNKNOWN).reason())
        .isEqualTo("no answer from cloud.example:5000");
  }

  @Test
  void aCertificateThatIsNotBelievedIsAMatterOfTheSettings() {
    RuntimeException stranger =
        new RuntimeException(
            new UntrustedException("cloud.example", "no path", new CertificateException()));
    assertThat(Faults.translate(stranger, Fault.UNKNOWN).fault()).isEqualTo(Fault.CREDENTIALS);
  }

  @Test
  void aLostAnswerIsUnknownForAChangeAndTransientForAQuestion() {
    RuntimeException reset = new RuntimeException(NoAnswerException.lost("cloud.example", null));
    assertThat(Faults.translate(reset, Fault.UNKNOWN).fault()).isEqualTo(Fault.UNKNOWN);
    assertThat(Faults.translate(reset, Fault.TRANSIENT).fault()).isEqualTo(Fault.TRANSIENT);
  }

  @Test
  void aRefusedLogInIsCredentials() {
    assertThat(Faults.translate(new AuthorizationException("no"), Fault.UNKNOWN).fault())
        .isEqualTo(Fault.CREDENTIALS);
  }

  @Test
  void aPlaceThatIsFullIsCapacity() {
    RuntimeException full =
        answer(400, "{\"badRequest\":{\"message\":\"No valid host was found. \"}}");
    assertThat(Faults.translate(full, Fault.UNKNOWN).fault()).isEqualTo(Fault.CAPACITY);
  }

  private static RuntimeException answer(int status, String body) {
    return answer(HttpResponse.builder().statusCode(status).addHeader("Retry-After", "30"), body);
  }

  private static RuntimeException answer(HttpResponse.Builder<?> response, String body) {
    HttpRequest request =
        HttpRequest.builder().method("POST").endpoint("http://cloud.example/servers").build();
    return new IllegalStateException(
        new HttpResponseException(new HttpCommand(request), response.build(), body));
  }
}
