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

  /** As the dashboard writes it, and as OpenStack's own tools read it: the id counts. */
  @Test
  void aProjectsIdIsTakenRatherThanItsName() {
    String file =
        FILE.replace("project_name: mine", "project_id: 610275\n      project_name: mine");
    assertThat(read(file, "lab"))
        .containsEntry("projectId", "610275")
        .doesNotContainKeys("project", "projectDomain");
    assertThat(read(FILE.replace("project_name: mine", "project_id: 3f2b"), "lab"))
        .containsEntry("projectId", "3f2b");
    assertThat(CloudsFile.settings(file, Optional.of("lab"), Map.of("project", "other")))
        .containsEntry("project", "other")
        .doesNotContainKey("projectId");
  }

  @Test
  void anIdThatSaysWhatIsTakenAnywayIsInOrder() {
    String file =
        FILE.replace("user_domain_name: People", "user_domain_id: default")
            .replace("application_credential_id: abc", "$0\n      application_credential_name: a")
            .replace("$0", "application_credential_id: abc");
    assertThat(read(file, "lab")).containsEntry("user", "demo").doesNotContainKey("userDomain");
    assertThat(read(file, "other")).containsEntry("applicationCredential", "abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "interface: public | interface: publicURL",
        "interface: public | verify: true",
        "interface: public | verify: yes",
        "interface: public | insecure: false",
        "interface: public | regions: [RegionOne, RegionTwo]",
        "region_name: RegionOne | regions: [RegionOne]",
        "region_name: RegionOne | regions: [{name: RegionOne}]",
        "identity_api_version: 3 | identity_api_version: 3.14",
        "interface: public | compute_api_version: 2.1",
        "interface: public | volume_api_version: 3",
        "interface: public | network_api_version: 2",
        "interface: public | image_api_version: 2"
      })
  void whatAgreesWithWhatIsDoneHereIsTaken(String right, String other) {
    assertThat(FILE).contains(right);
    String file = FILE.replaceFirst(right, other);
    assertThat(read(file, "lab")).isEqualTo(read(FILE, "lab"));
  }

  @Test
  void theRegionOfSeveralMayBeGivenBesideTheFile() {
    String file = FILE.replace("region_name: RegionOne", "regions: [RegionOne, RegionTwo]");
    Map<String, String> beside = Map.of("region", "RegionTwo");
    assertThat(CloudsFile.settings(file, Optional.of("lab"), beside))
        .containsEntry("region", "RegionTwo");
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
  @CsvSource({
    "http://cloud.example:5000/v2.0, must be that of Keystone v3",
    "cloud example, is no URL",
    "/v3, is no URL"
  })
  void anAddressThatIsNotKeystonesIsRefused(String address, String told) {
    String file = FILE.replaceFirst("http://cloud.example:5000", address);
    assertThatThrownBy(() -> read(file, "lab")).hasMessage("clouds.lab.auth.auth_url: " + told);
  }

  @Test
  void aLogInThatIsOfAnotherKindThanItSaysIsRefused() {
    String file = FILE.replace("auth_type: v3applicationcredential", "auth_type: password");
    assertThatThrownBy(() -> read(file, "other"))
        .hasMessage(
            "clouds.other.auth_type: must be v3applicationcredential beside"
                + " application_credential_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "username: demo | user_id: 17 | clouds.lab.auth.user_id: give username in its place",
        "project_domain_id: default | user_id: 17 | clouds.lab.auth.user_id: take it out: username",
        "project_domain_id: default | project_domain_id: 9a | clouds.lab.auth.project_domain_id:"
            + " give project_domain_name in its place",
        "user_domain_name: People | user_domain_id: 9a | clouds.lab.auth.user_domain_id: give"
            + " user_domain_name in its place",
        "project_domain_id: default | user_domain_id: default | clouds.lab.auth.user_domain_id:"
            + " take it out: user_domain_name is taken",
        "project_name: mine | tenant_name: mine | clouds.lab.auth.tenant_name: give project_name",
        "project_name: mine | domain_name: mine | clouds.lab.auth.domain_name: is not known here",
        "project_name: mine | trust_id: 17 | clouds.lab.auth.trust_id: is not known here",
        "project_name: mine | system_scope: all | clouds.lab.auth.system_scope: is not known here",
        "project_name: mine | application_credential_name: a |"
            + " clouds.lab.auth.application_credential_name: give application_credential_id in its"
            + " place",
        "project_name: mine | application_credential_id: a | clouds.lab.auth.username: take it out",
        "username: demo | usrename: demo | clouds.lab.auth.usrename: is not known here",
        "auth_url: | url: | clouds.lab.auth.url: is not known here",
        "interface: public | interface: internal | clouds.lab.interface: must be public",
        "identity_api_version: 3 | identity_api_version: 2 | clouds.lab.identity_api_version: must"
            + " be 3",
        "interface: public | interface: publicity | clouds.lab.interface: must be public",
        "interface: public | verify: false | clouds.lab.verify: certificates are always verified",
        "interface: public | verify: no | clouds.lab.verify: certificates are always verified",
        "interface: public | verify: /ca.pem | clouds.lab.verify: certificates are always verified",
        "interface: public | insecure: true | clouds.lab.insecure: certificates are always"
            + " verified",
        "interface: public | cert: /me.pem | clouds.lab.cert: no certificate of the caller",
        "interface: public | regions: [North, South] | clouds.lab.regions: give one of them as"
            + " region_name: North, South",
        "region_name: RegionOne | regions: [North, South] | clouds.lab.regions: give one of them as"
            + " region_name: North, South",
        "region_name: RegionOne | regions: [{name: N, values: {interface: public}}] |"
            + " clouds.lab.regions: values of single regions are not taken",
        "interface: public | compute_api_version: 1.1 | clouds.lab.compute_api_version: must be 2",
        "interface: public | volume_api_version: 2 | clouds.lab.volume_api_version: must be 3",
        "interface: public | compute_endpoint_override: http://else.example |"
            + " clouds.lab.compute_endpoint_override: is not known here",
        "interface: public | auth_type: v3applicationcredential |"
            + " clouds.lab.auth.application_credential_id: is missing",
        "interface: public | cacert: /ca.pem | clouds.lab.cacert: is a file of yours",
        "interface: public | auth_type: token | clouds.lab.auth_type: must be password",
        "interface: public | profile: rackspace | clouds.lab.profile: vendors are not known here",
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
