package io.meltemi.webapp.deployed;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** What somebody learns of an account. An address that is none may be told as it was written. */
record Told(int status, String code, String field, String words) {
  private static final int AT_ONCE = 24;

  static Told of(Operator.Reply reply) {
    JsonNode job = reply.body();
    boolean silent = reply.status() == 503;
    String words = job.path("statusMessage").asText() + " " + job.path("remedy").asText();
    return new Told(
        reply.status(), job.path("code").asText(), job.path("field").asText(), silent ? words : "");
  }

  /** Asks many things, several at a time: what gives no answer is held back for a while. */
  static List<Told> ofAll(List<Callable<Operator.Reply>> questions) throws Exception {
    List<Told> told = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      for (Future<Operator.Reply> each : threads.invokeAll(questions)) told.add(of(each.get()));
    }
    return told;
  }

  boolean silent() {
    return status == 503;
  }
}
