package io.meltemi.connector.vsphere.vim;

import static org.assertj.core.api.Assertions.assertThat;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.UntrustedException;
import java.io.IOException;
import java.net.URI;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultsTest {
  private static final URI ADDRESS = URI.create("https://vcenter.example/sdk");

  @ParameterizedTest
  @CsvSource({
    "InvalidLogin, CREDENTIALS",
    "NotAuthenticated, CREDENTIALS",
    "NoPermission, UNSUPPORTED",
    "MethodNotFound, UNSUPPORTED",
    "CpuHotPlugNotSupported, UNSUPPORTED",
    "InsufficientHostCapacityFault, CAPACITY",
    "InsufficientMemoryResourcesFault, CAPACITY",
    "NoDiskSpace, CAPACITY",
    "NoCompatibleHost, CAPACITY",
    "NotEnoughLicenses, CAPACITY",
    "LicenseExpired, QUOTA",
    "TaskInProgress, TRANSIENT",
    "HostNotReachable, TRANSIENT",
    "InvalidPowerState, BAD_REQUEST",
    "ManagedObjectNotFound, BAD_REQUEST",
    "InvalidArgument, BAD_REQUEST",
    "InvalidRequest, BAD_REQUEST",
    "SystemError, UNKNOWN",
    "DuplicateName, UNKNOWN",
    "'', UNKNOWN"
  })
  void aFaultOfAChangeIsToldWithTheVCentersWords(String type, Fault fault) {
    ConnectorException told = Faults.of(new VimFault(type, "its own words"), Fault.UNKNOWN);
    assertThat(told.fault()).isEqualTo(fault);
    assertThat(told.reason()).contains("its own words").contains(type);
  }

  @Test
  void aGeneralFaultOfAQuestionHasChangedNothing() {
    assertThat(Faults.of(new VimFault("SystemError", "crashed"), Fault.TRANSIENT).fault())
        .isEqualTo(Fault.TRANSIENT);
  }

  @Test
  void theFaultOfASoapBodyIsFoundByItsTypeOrByItsName() {
    Element typed =
        fault(
            "A specified parameter was not correct",
            Element.of("InvalidArgumentFault").as("InvalidArgument"));
    assertThat(VimFault.of(typed).type()).isEqualTo("InvalidArgument");
    assertThat(VimFault.of(typed).words())
        .isEqualTo("A specified parameter was not correct (InvalidArgument)");
    assertThat(VimFault.of(fault("no", Element.of("InvalidLoginFault"))).type())
        .isEqualTo("InvalidLogin");
    assertThat(VimFault.of(Element.of("Fault", Element.of("faultstring", "no"))).type()).isEmpty();
  }

  private static Element fault(String words, Element detail) {
    return Element.of("Fault", Element.of("faultstring", words), Element.of("detail", detail));
  }

  @ParameterizedTest
  @CsvSource({
    "302, UNSUPPORTED",
    "401, CREDENTIALS",
    "404, UNSUPPORTED",
    "429, TRANSIENT",
    "502, UNKNOWN",
    "503, TRANSIENT",
    "504, UNKNOWN"
  })
  void whatStandsInFrontOfAVCenterIsTold(int status, Fault fault) {
    Transport.Answer answer =
        new Transport.Answer(
            status, new byte[0], Optional.empty(), Optional.of(Duration.ofSeconds(7)));
    ConnectorException told = Faults.of(answer, ADDRESS, Fault.UNKNOWN);
    assertThat(told.fault()).isEqualTo(fault);
    assertThat(told.reason()).contains(Integer.toString(status));
    assertThat(told.retryAfter()).contains(Duration.ofSeconds(7));
  }

  @Test
  void whatWasNeverSentIsTransient() {
    IOException refused = NoAnswerException.notSent("vcenter.example", null);
    assertThat(Faults.of(refused, Fault.UNKNOWN).fault()).isEqualTo(Fault.TRANSIENT);
  }

  @Test
  void aCertificateThatIsNotBelievedIsAMatterOfTheSettings() {
    IOException refused =
        new UntrustedException("vcenter.example", "no path", new CertificateException());
    ConnectorException told = Faults.of(refused, Fault.UNKNOWN);
    assertThat(told.fault()).isEqualTo(Fault.CREDENTIALS);
    assertThat(told.reason()).contains("certificate of vcenter.example is not trusted");
  }

  @Test
  void aLostAnswerIsUnknownForAChangeAndTransientForAQuestion() {
    IOException reset = NoAnswerException.lost("vcenter.example", null);
    assertThat(Faults.of(reset, Fault.UNKNOWN).fault()).isEqualTo(Fault.UNKNOWN);
    assertThat(Faults.of(reset, Fault.TRANSIENT).fault()).isEqualTo(Fault.TRANSIENT);
  }
}
