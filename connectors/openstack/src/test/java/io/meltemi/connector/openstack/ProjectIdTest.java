package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.Connector;
import io.meltemi.connector.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Keystone is told of the project. */
class ProjectIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "projectId | 3f2b | {'project':{'id':'3f2b'}}",
        "project | mine | {'project':{'name':'mine','domain':{'name':'Default'}}}"
      })
  void aProjectIsAskedForByItsIdOrByItsName(String setting, String value, String scope)
      throws IOException {
    try (Impostor impostor = new Impostor()) {
      int nova =
          impostor.server(exchange ->
              Impostor.answer(exchange, 200, "{\"servers\": []}".getBytes(StandardCharsets.UTF_8)));
      int keystone = impostor.keystone(nova);
      Map<String, String> settings = Map.of("user", "demo", "password", "word", setting, value);
      try (Connector connector = Impostor.open(settings, keystone, keystone, nova)) {
        assertThat(connector.machines().find(new Token("t"))).isEmpty();
      }
      assertThat(impostor.logIns())
          .singleElement()
          .asString()
          .contains("\"scope\":" + scope.replace('\'', '"') + "}");
    }
  }
}
