package io.meltemi.connector.openstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudsFileTest {
  private static final String FILE =
      """
      clouds:
        lab:
          region_name: RegionOne
          identity_api_version: 3
          interface: public
          auth:
            auth_url: http://cloud.example:5000
            username: demo
            password: "S3CRET"
            project_id: 3f2b
            project_name: mine
            user_domain_name: People
            project_domain_id: default
        other:
          auth_type: v3applicationcredential
          auth:
            auth_url: https://cloud.example:5000/v3/
            application_credential_id: abc
            application_credential_secret: def
          verify: true
      """;

  private static Map<String, String> read(String text, String entry) {
    return CloudsFile.settings(text, Optional.of(entry), Map.of());
  }

  @Test
  void aCloudWithAPasswordBecomesSettings() {
    assertThat(read(FILE, "lab"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "endpoint", "http://cloud.example:5000/v3",
                "user", "demo",
                "password", "S3CRET",
                "project", "mine",
                "userDomain", "People",
                "region", "RegionOne"));
  }

  @Test
  void soDoesOneWithAnApplicationCredentialAndItOpens() {
    Map<String, String> settings = read(FILE, "other");
    assertThat(OpenStackSettings.of(settings).login())
        .isEqualTo(new Login.ApplicationCredential("abc", "def"));
    assertThat(settings).containsEntry("endpoint", "https://cloud.example:5000/v3");
  }

  @Test
  void whatIsGivenBesideTheFileRules() {
    Map<String, String> beside = Map.of("password", "newer", "certificates", "PEM");
    String file = FILE.replace("region_name: RegionOne", "cacert: /home/me/ca.pem");
    assertThat(CloudsFile.settings(file, Optional.of("lab"), beside))
        .containsEntry("password", "newer")
        .containsEntry("certificates", "PEM")
        .doesNotContainKey("region");
  }

  @Test
  void theOnlyCloudNeedsNoName() {
    String one = FILE.substring(0, FILE.indexOf("  other:"));
    assertThat(CloudsFile.settings(one, Optional.empty(), Map.of())).containsEntry("user", "demo");
    assertThatThrownBy(() -> CloudsFile.settings(FILE, Optional.empty(), Map.of()))
        .hasMessage("clouds: there are several, say which one: lab, other");
    assertThatThrownBy(() -> read(FILE, "nowhere"))
        .hasMessage("clouds: there is no cloud nowhere, but lab, other");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "username: demo | user_id: 17 | clouds.lab.auth.user_id: give username in its place",
        "username: demo | usrename: demo | clouds.lab.auth.usrename: is not known here",
        "auth_url: | url: | clouds.lab.auth.url: is not known here",
        "interface: public | interface: internal | clouds.lab.interface: must be public",
        "identity_api_version: 3 | identity_api_version: 2 | clouds.lab.identity_api_version: must"
            + " be 3",
        "interface: public | verify: false | clouds.lab.verify: certificates are always verified",
        "interface: public | cacert: /ca.pem | clouds.lab.cacert: is a file of yours",
        "interface: public | auth_type: token | clouds.lab.auth_type: must be password",
        "interface: public | profile: rackspace | clouds.lab.profile: is not known here",
        "username: demo | username: [demo] | clouds.lab.auth.username: must be a text",
        "username: demo | password: demo | line 9: no YAML: Duplicate field 'password'",
        "username: demo | username: 'demo | line",
        "clouds: | cloud: | clouds: there must be at least one cloud"
      })
  void aWrongFileIsRefusedWithItsLineOrField(String right, String wrong, String told) {
    assertThat(FILE).contains(right);
    String file = FILE.replaceFirst("(?m)" + right.replace(":", ":(?=[ \n])"), wrong);
    assertThatThrownBy(() -> read(file, "lab"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(told)
        .message()
        .doesNotContain("S3CRET");
  }
}
