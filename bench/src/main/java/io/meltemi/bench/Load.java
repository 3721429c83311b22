package io.meltemi.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends the same GET over and over on keep-alive connections and tells how many were answered and
 * how much CPU the server took for each.
 *
 * @param url what is read
 * @param headers further header lines, each ended by CR LF
 * @param pid process id of the server
 */
public record Load(URI url, String headers, long pid) {
  /**
   * @param requests answered with 200
   * @param cpu CPU time that the server took in all its threads
   */
  public record Result(long requests, Duration time, Duration cpu) {
    public double perSecond() {
      return requests / (time.toNanos() / 1e9);
    }

    /** Microseconds of the server's CPU for one request. */
    public double cpuMicroseconds() {
      return cpu.toNanos() / 1e3 / requests;
    }
  }

  /** Runs for a time on so many connections; every answer must be 200. */
  public Result run(int connections, Duration time) throws InterruptedException {
    byte[] request =
        ("GET "
                + url.getRawPath()
                + " HTTP/1.1\r\nHost: "
                + url.getAuthority()
                + "\r\n"
                + headers
                + "\r\n")
            .getBytes(US_ASCII);
    Duration cpuBefore = Processes.cpu(pid);
    long start = System.nanoTime();
    long end = start + time.toNanos();
    long requests = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        counts.add(threads.submit(() -> connection(request, end)));
      }
      for (Future<Long> count : counts) {
        requests += count.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the server " + url + " did not answer with 200", e);
    }
    Duration cpu = Processes.cpu(pid).minus(cpuBefore);
    return new Result(requests, Duration.ofNanos(System.nanoTime() - start), cpu);
  }

  private long connection(byte[] request, long end) throws IOException {
    long count = 0;
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      InputStream in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      while (System.nanoTime() < end) {
        out.write(request);
        readAnswer(in);
        count++;
      }
    }
    return count;
  }

  private static void readAnswer(InputStream in) throws IOException {
    String status = line(in);
    if (!status.startsWith("HTTP/1.1 200")) {
      throw new IOException(status);
    }
    long length = -1;
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      if (header.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(header.substring(15).strip());
      }
    }
    in.skipNBytes(length);
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder(64);
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection was closed");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
