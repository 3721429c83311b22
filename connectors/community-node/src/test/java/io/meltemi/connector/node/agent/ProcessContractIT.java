package io.meltemi.connector.node.agent;

class ProcessContractIT extends NodeContract {
  ProcessContractIT() {
    super("process", "meltemi-process");
  }
}
