package io.meltemi.connector.node;

/**
 * @param text end of what the machine wrote to its console
 */
public record ReportedConsole(String id, long number, String reason, String text)
    implements Reported {

  /** Most characters of a console's text. */
  public static final int MOST = 32 * 1024;

  public ReportedConsole {
    Limits.id("id", id);
    Limits.range("number", number, 0, Long.MAX_VALUE);
    Limits.text("reason", reason, Limits.REASON);
    Limits.text("text", text, MOST);
  }

  @Override
  public boolean absent() {
    return false;
  }
}
