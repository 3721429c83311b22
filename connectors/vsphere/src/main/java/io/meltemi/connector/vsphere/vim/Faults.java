package io.meltemi.connector.vsphere.vim;

import io.meltemi.connector.ConnectorException;
import io.meltemi.connector.Fault;
import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.UntrustedException;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** What goes wrong with a vCenter, in the SPI's words and with the vCenter's reasons. */
public final class Faults {
  private static final Set<String> CREDENTIALS =
      Set.of("InvalidLogin", "NotAuthenticated", "NoClientCertificate", "PasswordExpired");
  private static final Set<String> CAPACITY =
      Set.of(
          "NoCompatibleHost",
          "NoDiskSpace",
          "DatastoreNotWritableOnHost",
          "InaccessibleDatastore",
          "HostNotConnected",
          "NoActiveHostInCluster",
          "InvalidHostState",
          "VirtualDiskBlocksNotFullyProvisioned");
  private static final Set<String> TRANSIENT =
      Set.of(
          "TaskInProgress",
          "HostCommunication",
          "HostNotReachable",
          "HostConnectFault",
          "ConcurrentAccess",
          "ResourceInUse",
          "ResourceNotAvailable",
          "RequestCanceled",
          "ToolsUnavailable",
          "ToolsInstallationInProgress");
  private static final Set<String> UNSUPPORTED =
      Set.of(
          "NoPermission", "NotSupported", "NotImplemented", "MethodNotFound", "RestrictedVersion");

  private Faults() {}

  /** A fault that the vCenter named. The general ones say nothing of what was done. */
  public static ConnectorException of(VimFault fault, Fault whenLost) {
    return new ConnectorException(kind(fault.type(), whenLost), fault.words(), fault);
  }

  /** True when this is what the vCenter named. */
  public static boolean is(ConnectorException e, String... types) {
    return e.getCause() instanceof VimFault fault && Set.of(types).contains(fault.type());
  }

  static Fault kind(String type, Fault whenLost) {
    if (CREDENTIALS.contains(type)) {
      return Fault.CREDENTIALS;
    }
    if (type.startsWith("Insufficient")
        || type.startsWith("NotEnough")
        || CAPACITY.contains(type)) {
      return Fault.CAPACITY;
    }
    if (type.contains("License")) {
      return Fault.QUOTA;
    }
    if (TRANSIENT.contains(type)) {
      return Fault.TRANSIENT;
    }
    if (UNSUPPORTED.contains(type) || type.endsWith("NotSupported")) {
      return Fault.UNSUPPORTED;
    }
    return switch (type) {
      case "", "SystemError", "RuntimeFault", "MethodFault", "Timedout", "DuplicateName" ->
          whenLost;
      default -> Fault.BAD_REQUEST;
    };
  }

  /** An answer that is no SOAP: something in front of the vCenter speaks, or none is there. */
  static ConnectorException of(Transport.Answer answer, URI address, Fault whenLost) {
    int status = answer.status();
    Fault fault =
        switch (status) {
          case 401, 403 -> Fault.CREDENTIALS;
          case 408, 429, 503 -> Fault.TRANSIENT;
          default -> status < 500 ? Fault.UNSUPPORTED : whenLost;
        };
    String words =
        fault == Fault.UNSUPPORTED
            ? "no vSphere API answers at %s (HTTP %d)".formatted(address, status)
            : "HTTP " + status + " from " + address;
    return new ConnectorException(fault, words, null, answer.retryAfter());
  }

  /** No answer, or none that can be read. */
  static ConnectorException of(IOException e, Fault whenLost) {
    Fault fault =
        switch (e) {
          case UntrustedException _ -> Fault.CREDENTIALS;
          case NoAnswerException silence when !silence.sent() -> Fault.TRANSIENT;
          default -> whenLost;
        };
    String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new ConnectorException(fault, words, e);
  }
}
