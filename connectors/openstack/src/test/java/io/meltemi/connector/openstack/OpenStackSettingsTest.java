package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenStackSettingsTest {
  private static final Map<String, String> WITH_PASSWORD =
      Map.of(
          "endpoint",
          "https://cloud.example:5000/v3",
          "user",
          "u",
          "password",
          "planted-S3CRET",
          "project",
          "p");

  private static final Map<String, String> WITH_CREDENTIAL =
      Map.of(
          "endpoint",
          "https://cloud.example:5000/v3",
          "applicationCredential",
          "id",
          "applicationCredentialSecret",
          "planted-S3CRET");

  @ParameterizedTest
  @ValueSource(strings = {"endpoint", "user", "password", "project"})
  void whatAPasswordNeedsIsNamed(String name) {
    assertThatThrownBy(() -> OpenStackSettings.of(without(WITH_PASSWORD, name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"applicationCredential", "applicationCredentialSecret"})
  void whatAnApplicationCredentialNeedsIsNamed(String name) {
    assertThatThrownBy(() -> OpenStackSettings.of(without(WITH_CREDENTIAL, name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void twoLogInsContradictEachOther() {
    Map<String, String> both = new HashMap<>(WITH_CREDENTIAL);
    both.put("user", "u");
    assertThatThrownBy(() -> OpenStackSettings.of(both))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("user must not be given beside applicationCredential");
  }

  @Test
  void aProjectMayBeToldByItsIdAlone() {
    Map<String, String> given = without(WITH_PASSWORD, "project");
    given.put("projectId", "3f2b");
    assertThat(OpenStackSettings.of(given).login())
        .isInstanceOfSatisfying(
            Login.Password.class,
            by -> assertThat(by.project()).isEqualTo(new Login.Project.Known("3f2b")));
    given.put("project", "p");
    assertThatThrownBy(() -> OpenStackSettings.of(given))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("project must not be given beside projectId");
  }

  @Test
  void theSecretOfTheOtherLogInIsOfNoUse() {
    assertThat(OpenStackSettings.unused(WITH_CREDENTIAL)).containsExactly("password");
    assertThat(OpenStackSettings.unused(WITH_PASSWORD))
        .containsExactly("applicationCredentialSecret");
  }

  @Test
  void severalAreParted() {
    Map<String, String> given = new HashMap<>(WITH_PASSWORD);
    given.put("networks", "one, two");
    given.put("securityGroups", "web");
    OpenStackSettings settings = OpenStackSettings.of(given);
    assertThat(settings.networks()).containsExactly("one", "two");
    assertThat(settings.securityGroups()).containsExactly("web");
    assertThat(OpenStackSettings.of(WITH_PASSWORD).networks()).isEmpty();
  }

  @Test
  void noTextShowsASecret() {
    for (Map<String, String> given : List.of(WITH_PASSWORD, WITH_CREDENTIAL)) {
      OpenStackSettings settings = OpenStackSettings.of(given);
      assertThat(settings.toString() + settings.login()).doesNotContain("planted-S3CRET");
    }
  }

  private static Map<String, String> without(Map<String, String> given, String name) {
    Map<String, String> rest = new HashMap<>(given);
    rest.remove(name);
    return rest;
  }
}
