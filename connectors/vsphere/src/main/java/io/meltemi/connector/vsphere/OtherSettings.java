package io.meltemi.connector.vsphere;

import io.meltemi.connector.vsphere.vim.Element;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Settings of a machine ({@code extraConfig}) that people or tools of theirs gave it. What a
 * vCenter and its hosts write there by themselves is left out, and so is what the guest reads and
 * tells ({@code guestinfo}: user data) and what the broker wrote.
 */
final class OtherSettings {
  private static final Pattern PRODUCTS =
      Pattern.compile(
          "(answer|bios|checkpoint|cleanShutdown|cpuid|ctkEnabled|debugStub|device|disk|efi|ehci|"
              + "ethernet|evcCompatibilityMode|featMask|firmware|floppy|guestCPUID|guestinfo|guestOS|"
              + "hostCPUID|hpet|ide|isolation|keyboard|log|mainMem|mem|meltemi|migrate|mks|monitor|"
              + "numa|nvme|nvram|parallel|pciBridge|pciPassthru|RemoteDisplay|replay|RUN|sata|sched|"
              + "scsi|serial|SET|smbios|snapshot|softPowerOff|sound|svga|tools[A-Za-z]*|tpm|unity|usb|"
              + "userCPUID|uuid|vcls|vcpu|vhv|virtualHW|viv|vmci|vmotion|vmware|vmx|vmxstats|vpmc|"
              + "vvtd|xhci)[0-9]*([.:].*)?",
          Pattern.CASE_INSENSITIVE);

  private OtherSettings() {}

  static Map<String, String> of(List<Element> extraConfig) {
    Map<String, String> others = new HashMap<>(Mark.options(extraConfig));
    others.keySet().removeIf(key -> PRODUCTS.matcher(key).matches());
    return others;
  }
}
