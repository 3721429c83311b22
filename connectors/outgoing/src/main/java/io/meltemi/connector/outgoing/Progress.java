package io.meltemi.connector.outgoing;

import io.meltemi.connector.NoAnswerException;
import io.meltemi.connector.UntrustedException;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.jspecify.annotations.Nullable;

/** How far an exchange has come, which decides what its failure means. */
final class Progress {
  private static final String NAME = "meltemi.progress";

  private final String authority;
  private final Duration limit;
  private volatile boolean sent;
  private volatile boolean begun;
  private volatile boolean late;

  Progress(String authority, Duration limit) {
    this.authority = authority;
    this.limit = limit;
  }

  /** Tells the progress of a request when its first byte is about to leave. */
  static final class Executor extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        @Nullable HttpResponseInformationCallback information,
        HttpContext context)
        throws IOException, HttpException {
      if (context.getAttribute(NAME) instanceof Progress progress) progress.sent = true;
      return super.execute(request, connection, information, context);
    }
  }

  HttpClientContext context() {
    HttpClientContext context = HttpClientContext.create();
    context.setAttribute(NAME, this);
    return context;
  }

  /** An answer of HTTP has begun. */
  void began() {
    begun = true;
  }

  /** Ends what takes too long. */
  void cut(HttpUriRequestBase message) {
    late = true;
    message.cancel();
  }

  IOException failure(IOException e) {
    if (!sent) return unsent(e);
    if (!begun) return NoAnswerException.lost(authority, e);
    String why = late ? "the rest did not come within " + limit.toMillis() + " ms" : words(e);
    return NoAnswerException.cut(authority, why, e);
  }

  private IOException unsent(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException) {
        return new UntrustedException(authority, words(cause), e);
      }
    }
    return Gateway.notSent(authority, e);
  }

  private static String words(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
